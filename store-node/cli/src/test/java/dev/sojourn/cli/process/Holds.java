package dev.sojourn.cli.process;

import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.PeerEnvelope.MessageCase;
import dev.sojourn.value.PopId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which kinds of messages the relays keep back just now, what they have kept, and what has come to
 * them. Thread-safe.
 */
final class Holds {
  private final Set<MessageCase> kinds = EnumSet.noneOf(MessageCase.class);
  private final List<Held> held = new ArrayList<>();
  private final List<Runnable> ends = new ArrayList<>();

  private final List<Crossing> crossings = new ArrayList<>();

  /** A message on its way from one POP to another. */
  record Crossing(PopId from, PopId to, MessageCase kind) {
    boolean touches(PopId pop) {
      return from.equals(pop) || to.equals(pop);
    }

    @Override
    public String toString() {
      return from + " to " + to + ": " + kind;
    }
  }

  record Held(PopId from, PopId to, PeerEnvelope envelope, MessageRelay.OneWay way) {}

  /** From now on, messages of this kind stay in the relays. */
  synchronized void hold(MessageCase kind) {
    kinds.add(kind);
  }

  /** Called by a relay: true if it must not pass this one on. */
  synchronized boolean keep(Held message) {
    crossings.add(new Crossing(message.from(), message.to(), message.envelope().getMessageCase()));
    if (!kinds.contains(message.envelope().getMessageCase())) {
      return false;
    }
    held.add(message);
    notifyAll();
    return true;
  }

  /**
   * Called by a relay when the sender of {@code way} is gone: true if the end must wait behind what
   * is kept of it. So a message of a dead POP can still arrive, as on a network that is slow.
   */
  synchronized boolean keepEnd(MessageRelay.OneWay way, Runnable end) {
    if (held.stream().noneMatch(each -> each.way() == way)) {
      return false;
    }
    ends.add(end);
    return true;
  }

  /**
   * Waits until a message of this kind is kept.
   *
   * @throws AssertionError if none came within {@code patience}
   */
  synchronized Held await(MessageCase kind, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      for (Held each : held) {
        if (each.envelope().getMessageCase() == kind) {
          return each;
        }
      }
      long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new AssertionError("no " + kind + " came to the relay within " + patience);
      }
      wait(leftMillis);
    }
  }

  /** What has come to the relays since this was last asked, in that order. */
  synchronized List<Crossing> takeCrossings() {
    List<Crossing> taken = List.copyOf(crossings);
    crossings.clear();
    return taken;
  }

  /** Lets everything go on its way, kept ones first. */
  void release() {
    Kept kept = takeAll();
    kept.messages().forEach(each -> each.way().release(each.envelope()));
    kept.ends().forEach(Runnable::run);
  }

  /** Lets what is kept of one kind go on its way; later ones of it pass, other kinds stay. */
  void release(MessageCase kind) {
    takeKind(kind).forEach(each -> each.way().release(each.envelope()));
  }

  /** Loses what is kept; later messages pass. */
  void drop() {
    takeAll().ends().forEach(Runnable::run);
  }

  private record Kept(List<Held> messages, List<Runnable> ends) {}

  private synchronized List<Held> takeKind(MessageCase kind) {
    kinds.remove(kind);
    List<Held> taken =
        held.stream().filter(each -> each.envelope().getMessageCase() == kind).toList();
    held.removeAll(taken);
    return taken;
  }

  private synchronized Kept takeAll() {
    kinds.clear();
    Kept kept = new Kept(List.copyOf(held), List.copyOf(ends));
    held.clear();
    ends.clear();
    return kept;
  }
}
