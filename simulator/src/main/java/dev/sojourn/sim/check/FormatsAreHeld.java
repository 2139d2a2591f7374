package dev.sojourn.sim.check;

import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rule R24, while two releases serve side by side: no process writes a payload of a format that it
 * cannot hold, and what a newer one has put into a payload stays there, byte for byte, wherever the
 * session goes.
 */
public final class FormatsAreHeld implements Invariant {
  private final Map<PopId, Integer> formats = new LinkedHashMap<>();
  private final Map<KeyHash, Kept> kept = new LinkedHashMap<>();
  private final Losses losses = new Losses();

  /** The oldest payload, by epoch and version, that was seen to have it. */
  private record Kept(Epoch epoch, long version, Bytes unknown, int format) {
    boolean isBefore(Epoch otherEpoch, SessionData other) {
      int order = otherEpoch.compareTo(epoch);
      return order > 0 || (order == 0 && other.version() > version);
    }
  }

  @Override
  public void started(long atMillis, PopId pop, long localMillis, int recordFormat) {
    formats.put(pop, recordFormat);
  }

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Stored stored) {
      stored.record().ifPresent(record -> verify(stored, record));
    }
  }

  /** The formats that this release knows come and go with what needs them. */
  private static boolean isLowered(Kept known, SessionData data) {
    return known.format() > RecordFormat.CURRENT && data.format() < known.format();
  }

  private void verify(Stored stored, SessionRecord record) {
    if (record.state().payload().isEmpty()) {
      return;
    }
    SessionData data = record.state().payload().get();
    int held = formats.getOrDefault(stored.pop(), Integer.MAX_VALUE);
    if (data.format() > held) {
      throw new InvariantViolated(
          this,
          "`" + stored.pop() + "` holds format " + held + " and wrote one of " + data.format());
    }
    Epoch epoch = record.state().epochIfAny().orElseThrow();
    Kept known = kept.get(stored.key());
    boolean lost =
        known != null
            && known.isBefore(epoch, data)
            && (!known.unknown().equals(data.unknown()) || isLowered(known, data));
    if (lost && !losses.mayHaveTurnedBack(stored.key())) {
      throw new InvariantViolated(
          this, "`" + stored.pop() + "` wrote a payload without what a newer release put there");
    }
    if (known == null && !data.unknown().isEmpty()) {
      kept.put(stored.key(), new Kept(epoch, data.version(), data.unknown(), data.format()));
    }
  }
}
