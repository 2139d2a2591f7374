package dev.sojourn.cli.demo.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One link between two POPs: listens on a loopback port and forwards each connection to a target,
 * every chunk of bytes later by a one-way delay, in both directions. It delays and does not
 * serialise: a chunk leaves at its arrival plus the delay, however many others are under way.
 *
 * <p>Two threads serve each direction, one reading and one writing, because a thread that waits for
 * one instant is more punctual than a selector that waits for many. Links are few and their
 * connections long-lived, so the threads stay few as well. Thread-safe.
 */
public final class Relay implements AutoCloseable {
  private static final long CLOSE_MILLIS_MAX = 5_000;

  private final ServerSocket listener;
  private final Thread acceptor;
  private final AtomicLong forwardedBytes = new AtomicLong();
  private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile InetSocketAddress target;
  private volatile long oneWayNanos;
  private volatile long lastTrafficNanos = System.nanoTime();
  private volatile boolean held;

  /**
   * Listens on a free loopback port.
   *
   * @param target where connections go; looked at anew for each connection
   */
  public static Relay start(InetSocketAddress target, Duration oneWay) throws IOException {
    Relay relay = new Relay(target, oneWay);
    relay.acceptor.start();
    return relay;
  }

  private Relay(InetSocketAddress target, Duration oneWay) throws IOException {
    this.target = target;
    this.oneWayNanos = oneWay.toNanos();
    this.listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    this.acceptor = new Thread(this::acceptUntilClosed, "relay-" + listener.getLocalPort());
    acceptor.setDaemon(true);
  }

  /** The loopback port that this relay listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Sends later connections elsewhere; those that are open stay where they are. */
  public void forwardTo(InetSocketAddress newTarget) {
    target = newTarget;
  }

  /** Holds for bytes that arrive from now on, on open connections too. */
  public void delayBy(Duration oneWay) {
    oneWayNanos = oneWay.toNanos();
  }

  /** Keeps every byte on the link, of present and later connections, until {@link #release}. */
  public void hold() {
    held = true;
    connections.forEach(RelayedConnection::hold);
  }

  public void release() {
    held = false;
    connections.forEach(RelayedConnection::release);
  }

  /** Breaks every open connection; what is under way is lost. New connections are taken. */
  public void cut() {
    connections.forEach(RelayedConnection::close);
  }

  /** Bytes taken in so far, both directions together. */
  public long forwardedBytes() {
    return forwardedBytes.get();
  }

  /** Bytes taken in and neither delivered nor lost yet. */
  public long bytesUnderWay() {
    return connections.stream().mapToLong(RelayedConnection::bytesUnderWay).sum();
  }

  /** When bytes last went in or came out, by {@link System#nanoTime}. */
  public long lastTrafficNanos() {
    return lastTrafficNanos;
  }

  /** Returns once the port is free: it is not while the acceptor still waits at it. */
  @Override
  public void close() throws IOException {
    listener.close();
    cut();
    try {
      acceptor.join(CLOSE_MILLIS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long oneWayNanos() {
    return oneWayNanos;
  }

  void countTaken(int bytes) {
    forwardedBytes.addAndGet(bytes);
    lastTrafficNanos = System.nanoTime();
  }

  void countDelivered() {
    lastTrafficNanos = System.nanoTime();
  }

  void forget(RelayedConnection connection) {
    connections.remove(connection);
  }

  private void acceptUntilClosed() {
    while (!listener.isClosed()) {
      try {
        open(listener.accept());
      } catch (IOException e) {
        // Either the relay was closed, or one connection could not be opened; the next one may.
        continue;
      }
    }
  }

  private void open(Socket accepted) throws IOException {
    Socket onward = new Socket();
    try {
      accepted.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      onward.connect(target);
    } catch (IOException e) {
      // Whoever dialled sees what it would see without a relay: the connection breaks.
      accepted.close();
      onward.close();
      throw e;
    }
    RelayedConnection connection = new RelayedConnection(this, accepted, onward);
    connections.add(connection);
    if (held) {
      connection.hold();
    }
    connection.start();
  }
}
