package dev.sojourn.cli.demo.net;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection through a {@link Relay}: two sockets and a delay line each way between them. */
final class RelayedConnection {
  private static final int CHUNK_BYTES = 64 << 10;

  private final Relay relay;
  private final Socket accepted;
  private final Socket onward;
  private final DelayLine there = new DelayLine();
  private final DelayLine back = new DelayLine();
  private final AtomicInteger openDirections = new AtomicInteger(2);

  RelayedConnection(Relay relay, Socket accepted, Socket onward) {
    this.relay = relay;
    this.accepted = accepted;
    this.onward = onward;
  }

  void start() {
    String name = "relay-" + relay.port();
    startThread(name + "-there-in", () -> readInto(there, accepted));
    startThread(name + "-there-out", () -> writeFrom(there, onward));
    startThread(name + "-back-in", () -> readInto(back, onward));
    startThread(name + "-back-out", () -> writeFrom(back, accepted));
  }

  void hold() {
    there.hold();
    back.hold();
  }

  void release() {
    there.release();
    back.release();
  }

  long bytesUnderWay() {
    return there.bytesUnderWay() + back.bytesUnderWay();
  }

  /** Breaks both sides at once and loses what is under way. */
  void close() {
    relay.forget(this);
    there.close();
    back.close();
    for (Socket socket : List.of(accepted, onward)) {
      try {
        socket.close();
      } catch (IOException e) {
        // A socket that cannot be closed is broken already, which is all that is wanted.
        continue;
      }
    }
  }

  private void readInto(DelayLine line, Socket socket) {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      while (true) {
        int count = socket.getInputStream().read(buffer);
        long arrivedNanos = System.nanoTime();
        byte[] bytes = count < 0 ? new byte[0] : Arrays.copyOf(buffer, count);
        relay.countTaken(bytes.length);
        line.put(bytes, arrivedNanos, relay.oneWayNanos());
        if (count < 0) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      close();
    }
  }

  private void writeFrom(DelayLine line, Socket socket) {
    try {
      while (true) {
        DelayLine.Chunk chunk = line.take();
        if (chunk.isEnd()) {
          socket.shutdownOutput();
          break;
        }
        socket.getOutputStream().write(chunk.bytes());
        relay.countDelivered();
      }
    } catch (IOException | InterruptedException e) {
      close();
      return;
    }
    if (openDirections.decrementAndGet() == 0) {
      close();
    }
  }

  private static void startThread(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}
