package dev.sojourn.sim.check;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Ending.Swept;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one lawful way to lose a live session, or the part of one: a POP drops a payload before its
 * lifetime is over, or a part that it keeps for an owner, only where its policy of that moment does
 * not let it rest, and has not for the whole of the policy's grace, by that POP's clock.
 */
public final class GraceIsKept implements Invariant {
  private final Namespace namespace;
  private final Map<Place, SessionData> payloads = new LinkedHashMap<>();
  private final Map<Place, Custody> parts = new LinkedHashMap<>();

  private record Place(PopId pop, KeyHash key) {}

  /**
   * @param namespace of all sessions
   */
  public GraceIsKept(Namespace namespace) {
    this.namespace = namespace;
  }

  @Override
  public void observe(Observation observation) {}

  @Override
  public void decided(
      PopId pop, long localMillis, Optional<PolicyInForce> policy, Event event, Effects effects) {
    if (event instanceof Event.RecordLoaded loaded) {
      Place place = new Place(pop, loaded.key());
      loaded
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> payloads.put(place, data));
      loaded
          .record()
          .flatMap(SessionRecord::custody)
          .ifPresent(custody -> parts.put(place, custody));
    }
    effects
        .commit()
        .ifPresent(
            commit ->
                commit
                    .writes()
                    .forEach(
                        write -> {
                          look(pop, localMillis, policy, write);
                          lookAtPart(pop, localMillis, policy, write);
                        }));
  }

  private void lookAtPart(
      PopId pop, long localMillis, Optional<PolicyInForce> policy, RecordWrite write) {
    Place place = new Place(pop, write.key());
    Optional<Custody> now = write.record().flatMap(SessionRecord::custody);
    Custody had = parts.get(place);
    if (had != null
        && !had.isErased()
        && now.filter(Custody::isErased).isPresent()
        && policy
            .filter(each -> !each.mayRest(had, pop))
            .filter(each -> isGraceOver(each, localMillis))
            .isEmpty()) {
      throw new InvariantViolated(
          this, "`" + pop + "` erased a part that may rest there, or before its grace");
    }
    now.ifPresentOrElse(part -> parts.put(place, part), () -> parts.remove(place));
  }

  private void look(
      PopId pop, long localMillis, Optional<PolicyInForce> policy, RecordWrite write) {
    Place place = new Place(pop, write.key());
    SessionData had = payloads.get(place);
    SessionState state = write.record().map(SessionRecord::state).orElse(SessionState.ABSENT);
    boolean isSwept = state instanceof Tombstone tombstone && tombstone.ending() instanceof Swept;
    boolean isDropped = state instanceof Forward forward && forward.lapsed();
    if (had != null && (isSwept || isDropped)) {
      boolean isOver = isDropped && had.lifetime().isOver(localMillis);
      if (!isOver && policy.filter(each -> isDue(each, had, pop, localMillis)).isEmpty()) {
        throw new InvariantViolated(
            this, "`" + pop + "` dropped a payload that may rest there, or before its grace");
      }
    }
    state
        .payload()
        .ifPresentOrElse(data -> payloads.put(place, data), () -> payloads.remove(place));
  }

  private boolean isDue(PolicyInForce policy, SessionData data, PopId pop, long localMillis) {
    return !policy.mayRest(data, pop) && isGraceOver(policy, localMillis);
  }

  private boolean isGraceOver(PolicyInForce policy, long localMillis) {
    return localMillis >= policy.sinceMillis() + policy.rules().of(namespace).graceMillis();
  }
}
