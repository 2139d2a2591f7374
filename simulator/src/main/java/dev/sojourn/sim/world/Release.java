package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;

/** What a POP runs: the core of this tree, in two releases that serve side by side (rule R24). */
public enum Release {
  PRESENT(RecordFormat.CURRENT),
  /**
   * Made up, for as long as there is no release before this one: it can hold a later record format,
   * has a field more, and a message more that it tells its peers with each confirm.
   *
   * <p>To sessions that it owns it adds the field when it reads them from its disk, so that the
   * core works with the payload as it is. Of half of them it raises the format: those an older
   * release cannot hold. Those of the other half it can, without knowing the field.
   */
  NEXT(RecordFormat.CURRENT + 1);

  private static final Bytes FIELD = Bytes.fromHex("ca3e0d6e6577206f66206e6578740a");

  private final int recordFormat;

  Release(int recordFormat) {
    this.recordFormat = recordFormat;
  }

  /** The newest record format that it can hold. */
  int recordFormat() {
    return recordFormat;
  }

  /** Whether it can read that record, and write it again without losing anything. */
  boolean canHold(SessionRecord record) {
    return record.state().payload().map(this::canHold).orElse(true);
  }

  boolean canHold(SessionData data) {
    return data.format() <= recordFormat;
  }

  /** The core of this release, around the one that is given. */
  Core of(PopId self, Core core) {
    return this == PRESENT
        ? core
        : (nowMillis, event) -> raised(self, core.handle(nowMillis, enriched(event)));
  }

  private Event enriched(Event event) {
    return event instanceof Event.RecordLoaded loaded
        ? new Event.RecordLoaded(
            loaded.key(), loaded.record().map(record -> enriched(loaded.key(), record)))
        : event;
  }

  private SessionRecord enriched(KeyHash key, SessionRecord record) {
    if (!(record.state() instanceof SessionState.Owned owned)
        || !owned.data().unknown().isEmpty()) {
      return record;
    }
    SessionData data = owned.data();
    boolean raises = (key.value().at(0) & 1) == 0;
    return record.withState(
        owned.withData(
            data.inFormat(raises ? recordFormat : data.format(), FIELD.concat(key.value()))));
  }

  /** Its own questions say what it can hold; those that it passes on, what their asker can. */
  private Effects raised(PopId self, Effects effects) {
    return new Effects(
        raised(self, effects.now()),
        effects.commit(),
        raised(self, effects.afterCommit()),
        effects.afterCommitSeq());
  }

  private ImmutableList<Effect> raised(PopId self, ImmutableList<Effect> effects) {
    ImmutableList.Builder<Effect> all = ImmutableList.builder();
    for (Effect effect : effects) {
      all.add(
          effect instanceof Effect.Send send
                  && send.message() instanceof Acquire acquire
                  && acquire.asker().equals(self)
              ? new Effect.Send(send.to(), send.key(), raised(acquire))
              : effect);
    }
    return all.build();
  }

  private Acquire raised(Acquire acquire) {
    return new Acquire(
        acquire.purpose(),
        acquire.role(),
        acquire.asker(),
        acquire.nonce(),
        acquire.path(),
        acquire.call(),
        acquire.knownEpoch(),
        acquire.allegedGranter(),
        acquire.mayTake(),
        recordFormat,
        acquire.timeLeftMillis());
  }
}
