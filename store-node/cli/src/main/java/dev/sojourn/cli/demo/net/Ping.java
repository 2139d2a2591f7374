package dev.sojourn.cli.demo.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;

/**
 * Measures what a relay really does: the time one byte takes through it to an echo and back. The
 * demo judges moves by this figure rather than by the one it asked for.
 */
public final class Ping implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final ServerSocket listener;

  public static Ping start() throws IOException {
    Ping ping = new Ping(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
    startDaemon("ping-echo", ping::acceptUntilClosed);
    return ping;
  }

  private Ping(ServerSocket listener) {
    this.listener = listener;
  }

  /** Where a relay must forward to while it is measured. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
  }

  /** The median of {@code count} round trips through {@code relay}, which must forward to here. */
  public Duration medianThrough(Relay relay, int count) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      long[] nanos = new long[count];
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        socket.getOutputStream().write(1);
        if (socket.getInputStream().read() < 0) {
          throw new IOException("the relay closed the connection");
        }
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      return Duration.ofNanos(nanos[count / 2]);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void acceptUntilClosed() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        startDaemon("ping-echo", () -> echo(socket));
      } catch (IOException e) {
        // The listener was closed; the loop's condition sees it.
        continue;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        socket.getOutputStream().write(b);
      }
    } catch (IOException e) {
      // The measuring side went away, and nobody waits for an answer.
      return;
    }
  }

  private static void startDaemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}
