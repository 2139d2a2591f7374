package dev.sojourn.sim.check;

import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.sim.check.HistoryOfSession.Call;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The same as {@link Linearizable}, found in another way, as a second opinion on small histories:
 * by trying every order that time allows (Wing and Gong, JPDC 17, 1993), and never the same rest
 * from the same state twice (Lowe, Concurrency and Computation 29, 2017). Requests without an
 * answer may have taken effect or not.
 */
public final class SearchedOrder implements Invariant {
  /** Beyond this the number of orders grows too fast. */
  private static final int CALLS_MAX = 10;

  private static final int POINTS_MAX = 400;

  private final HistoryOfSession history = new HistoryOfSession();

  /** A point of the search: which calls have taken effect, and what they left. */
  private record Point(long done, long version, boolean ended, Fields fields) {}

  @Override
  public void observe(Observation observation) {
    history.observe(observation);
  }

  @Override
  public void atRest(Map<PopId, Map<KeyHash, SessionRecord>> disks) {
    for (List<Call> calls : history.sessions()) {
      List<Call> counted =
          calls.stream()
              .filter(call -> call.answer().isPresent() || call.request().writes())
              .toList();
      if (counted.size() <= CALLS_MAX
          && !isOrdered(counted, new Point(0, 0, false, Fields.NONE), new HashSet<>())) {
        throw new InvariantViolated(this, "no order explains what clients saw: " + counted.size());
      }
    }
  }

  private static boolean isOrdered(List<Call> calls, Point point, Set<Point> tried) {
    boolean over = true;
    for (int i = 0; i < calls.size(); i++) {
      over &= isDone(point, i) || calls.get(i).answer().isEmpty();
    }
    if (over) {
      return true;
    }
    if (tried.size() >= POINTS_MAX) {
      // Undecided, which is no proof of anything.
      return true;
    }
    if (!tried.add(point)) {
      return false;
    }
    for (int i = 0; i < calls.size(); i++) {
      if (!isDone(point, i) && isNext(calls, point, i)) {
        Optional<Point> next = after(point, calls.get(i), i);
        if (next.isPresent() && isOrdered(calls, next.get(), tried)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isDone(Point point, int index) {
    return (point.done() & (1L << index)) != 0;
  }

  /** Whether nothing that is still to come had been answered before this was asked. */
  private static boolean isNext(List<Call> calls, Point point, int index) {
    for (int i = 0; i < calls.size(); i++) {
      if (!isDone(point, i) && i != index && calls.get(i).precedes(calls.get(index))) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Point> after(Point point, Call call, int index) {
    boolean writes = call.request().writes();
    long version = point.version() + (writes ? 1 : 0);
    Optional<Outcome.Success> answer = call.answer();
    boolean ends =
        call.request().operations().stream().anyMatch(Operation.Destroy.class::isInstance);
    boolean dated = call.isDated() && answer.orElseThrow().version() != version;
    if (point.ended() || dated) {
      return Optional.empty();
    }
    return point
        .fields()
        .after(call.request(), answer)
        .map(fields -> new Point(point.done() | (1L << index), version, ends, fields));
  }
}
