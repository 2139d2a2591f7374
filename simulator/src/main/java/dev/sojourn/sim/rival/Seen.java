package dev.sojourn.sim.rival;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The writes of one session where copies may differ: which acknowledged ones a request does not
 * see. A write replaces the session as its writer saw it, so what it did not see is lost, once.
 */
final class Seen {
  private final List<Write> writes = new ArrayList<>();

  /**
   * @param number counts the session's writes from 0
   * @param by a POP or a device
   */
  record Write(int number, int by, long atMicros, long ackedMicros) {}

  private int made;

  /** How many acknowledged writes a request at that time misses, of those not lost already. */
  int missedAt(long atMicros, Predicate<Write> isSeen) {
    int missed = 0;
    for (Write write : writes) {
      if (write.ackedMicros() <= atMicros && !isSeen.test(write)) {
        missed++;
      }
    }
    return missed;
  }

  /** Takes note of a write; what it missed is lost from here on. */
  int write(int by, long atMicros, long ackedMicros, Predicate<Write> isSeen) {
    int lost = 0;
    for (int i = writes.size() - 1; i >= 0; i--) {
      Write write = writes.get(i);
      if (write.ackedMicros() <= atMicros && !isSeen.test(write)) {
        writes.remove(i);
        lost++;
      }
    }
    writes.add(new Write(made++, by, atMicros, ackedMicros));
    return lost;
  }

  /** Forgets what everybody sees. */
  void forget(Predicate<Write> isSeenByAll) {
    writes.removeIf(isSeenByAll);
  }
}
