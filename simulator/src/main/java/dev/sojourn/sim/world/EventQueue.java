package dev.sojourn.sim.world;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Virtual time: what is to happen, in the order of its instant; what falls on one instant happens
 * in the order in which it was planned, so that a run repeats.
 */
final class EventQueue {
  private static final Comparator<Planned> BY_TIME_THEN_PLAN =
      Comparator.comparingLong(Planned::atMillis).thenComparingLong(Planned::seq);

  private final PriorityQueue<Planned> planned = new PriorityQueue<>(BY_TIME_THEN_PLAN);
  private long nowMillis;
  private long lastSeq;
  private long happened;

  private record Planned(long atMillis, long seq, Runnable action) {}

  long nowMillis() {
    return nowMillis;
  }

  /** How many events have happened. */
  long happened() {
    return happened;
  }

  void after(long millis, Runnable action) {
    at(nowMillis + millis, action);
  }

  /** Plans {@code action}; an instant that has passed means now. */
  void at(long atMillis, Runnable action) {
    planned.add(new Planned(Math.max(atMillis, nowMillis), ++lastSeq, action));
  }

  /** Lets everything up to that instant happen, and moves the clock there. */
  void runUntil(long untilMillis) {
    while (true) {
      Planned next = planned.peek();
      if (next == null || next.atMillis() > untilMillis) {
        break;
      }
      planned.remove();
      nowMillis = next.atMillis();
      happened++;
      next.action().run();
    }
    nowMillis = Math.max(nowMillis, untilMillis);
  }
}
