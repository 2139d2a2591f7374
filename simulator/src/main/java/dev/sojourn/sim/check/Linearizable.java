package dev.sojourn.sim.check;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.sim.check.HistoryOfSession.Call;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Each session looks as if its requests had been run one after the other, each at some instant
 * between its first call and its answer (Herlihy and Wing, TOPLAS 12, 1990), as far as clients can
 * tell.
 *
 * <p>To find such an order is hard in general. Here each write says its place in it, the version;
 * so one pass decides. What a request did whose answer never came shows as a gap in the versions,
 * after which nothing is known until it is read.
 */
public final class Linearizable implements Invariant {
  private final HistoryOfSession history = new HistoryOfSession();

  @Override
  public void observe(Observation observation) {
    history.observe(observation);
  }

  @Override
  public void atRest(Map<PopId, Map<KeyHash, SessionRecord>> disks) {
    history.sessions().forEach(this::verify);
  }

  private void verify(List<Call> calls) {
    List<Call> ordered = new ArrayList<>(calls);
    ordered.removeIf(call -> !call.isDated());
    ordered.sort(
        Comparator.comparingLong(Linearizable::version)
            .thenComparing(call -> !call.request().writes()));
    long version = 0;
    long latestInvoked = Long.MIN_VALUE;
    long invokedOfThisVersion = Long.MIN_VALUE;
    Fields fields = Fields.NONE;
    for (Call call : ordered) {
      boolean writes = call.request().writes();
      if (version(call) > version) {
        latestInvoked = Math.max(latestInvoked, invokedOfThisVersion);
        boolean gap = version(call) > version + 1 || !writes;
        fields = gap ? Fields.UNKNOWN : fields;
        version = version(call);
      } else if (writes) {
        throw new InvariantViolated(this, "two writes left version " + version);
      }
      if (call.answeredAtMillis() < latestInvoked) {
        throw new InvariantViolated(
            this, "version " + version + " was answered before an older one was asked for");
      }
      // Reads of one version may come in any order, but after the write that left it.
      if (writes) {
        latestInvoked = Math.max(latestInvoked, call.invokedAtMillis());
      } else {
        invokedOfThisVersion = Math.max(invokedOfThisVersion, call.invokedAtMillis());
      }
      long at = version;
      fields =
          fields
              .after(call.request(), call.answer())
              .orElseThrow(
                  () ->
                      new InvariantViolated(
                          this,
                          "the results at version " + at + " do not follow from those before"));
    }
  }

  private static long version(Call call) {
    return call.answer().orElseThrow().version();
  }
}
