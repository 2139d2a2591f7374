package dev.sojourn.server;

import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.ops.Phase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** How far a node is, and whether it was asked to end. Thread-safe. */
final class NodeLife {
  private final CompletableFuture<Void> endAsked = new CompletableFuture<>();
  private final CompletableFuture<ExitStatus> ended = new CompletableFuture<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile Phase phase = Phase.STARTING;

  Phase phase() {
    return phase;
  }

  void enter(Phase next) {
    phase = next;
  }

  void askEnd() {
    endAsked.complete(null);
  }

  /** Whether it is the caller's turn to end the node: true once. */
  boolean beginEnd() {
    return ending.compareAndSet(false, true);
  }

  CompletableFuture<Void> endAsked() {
    return endAsked;
  }

  CompletableFuture<ExitStatus> ended() {
    return ended;
  }
}
