package dev.sojourn.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A line between two POPs that keeps a copy of all that passes: what one of them learns of the
 * other. One POP dials it in place of the other one's address.
 */
final class WireTap implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream there = new ByteArrayOutputStream();
  private final ByteArrayOutputStream back = new ByteArrayOutputStream();

  /**
   * @param target the loopback port that it leads to
   */
  WireTap(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    begin(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** All bytes that have gone to whoever was dialled. */
  byte[] there() {
    return there.toByteArray();
  }

  /** All bytes that have gone to whoever dials. */
  byte[] back() {
    return back.toByteArray();
  }

  /** What has passed so far is of no interest. */
  void forget() {
    there.reset();
    back.reset();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = keep(door.accept());
        Socket far = keep(new Socket(InetAddress.getLoopbackAddress(), target));
        begin(() -> pump(near, far, there));
        begin(() -> pump(far, near, back));
      } catch (IOException refusedOrClosed) {
        // The POP behind it is down, or the test is over: whoever dialled tries again.
        sockets.forEach(WireTap::hangUp);
      }
    }
  }

  private Socket keep(Socket socket) throws IOException {
    sockets.add(socket);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static void pump(Socket from, Socket to, ByteArrayOutputStream copy) {
    byte[] piece = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        copy.write(piece, 0, read);
        out.write(piece, 0, read);
      }
    } catch (IOException broken) {
      // A broken line is closed below, as an ended one is.
    }
    hangUp(from);
    hangUp(to);
  }

  private static void begin(Runnable work) {
    Thread thread = new Thread(work, "wire-tap");
    thread.setDaemon(true);
    thread.start();
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    sockets.forEach(WireTap::hangUp);
  }
}
