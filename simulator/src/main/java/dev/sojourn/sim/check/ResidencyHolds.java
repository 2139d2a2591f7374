package dev.sojourn.sim.check;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.value.Country;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Invariant 5: no POP ever decides to keep a value, to send it or to show it where the policy that
 * it obeys just then forbids that. Each end is judged by its own, so of two that differ the
 * stricter one holds. Looks at every value by itself: of each record that is written, of each
 * message and of each answer.
 *
 * <p>What rested at a POP when its policy became stricter may go on resting there for the policy's
 * grace; nothing else may come to it. When all is healed and every grace is over, nothing does.
 */
public final class ResidencyHolds implements Invariant {
  private final Namespace namespace;
  private final Country residency;
  private final Map<Nonce, List<Operation>> asked = new LinkedHashMap<>();
  private final Map<Call, List<Operation>> calls = new LinkedHashMap<>();
  private final Set<Resting> rested = new HashSet<>();
  private final Map<PopId, NamespacePolicy> obeyed = new LinkedHashMap<>();
  private final Losses losses = new Losses();

  private record Call(PopId pop, long token) {}

  /** A value that lay at a POP lawfully, once. */
  private record Resting(PopId pop, KeyHash key, String name, Field field) {}

  /**
   * @param namespace of all sessions
   * @param residency of all sessions
   */
  public ResidencyHolds(Namespace namespace, Country residency) {
    this.namespace = namespace;
    this.residency = residency;
  }

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
  }

  @Override
  public void decided(
      PopId pop, long localMillis, Optional<PolicyInForce> policy, Event event, Effects effects) {
    if (policy.isEmpty()) {
      return;
    }
    if (event instanceof Event.ExecuteRequested requested) {
      calls.put(new Call(pop, requested.token()), requested.request().operations());
    }
    Judged judged = new Judged(pop, policy.get().rules().of(namespace));
    effects
        .commit()
        .ifPresent(
            commit ->
                commit
                    .writes()
                    .forEach(
                        write ->
                            write
                                .record()
                                .ifPresent(record -> judged.verifyRest(write.key(), record))));
    if (!isOnItsWay(pop, event)) {
      effects.now().forEach(judged::verify);
      effects.afterCommit().forEach(judged::verify);
    }
  }

  @Override
  public void obeys(PopId pop, PolicyInForce policy) {
    obeyed.put(pop, policy.rules().of(namespace));
  }

  /** A sweep has taken everything to where it may rest, or dropped it; but not what is frozen. */
  @Override
  public void atRest(Map<PopId, Map<KeyHash, SessionRecord>> disks) {
    obeyed.forEach(
        (pop, rules) -> {
          Judged judged = new Judged(pop, rules);
          disks
              .getOrDefault(pop, Map.of())
              .forEach(
                  (key, record) -> {
                    boolean isSwept =
                        !(record.state() instanceof SessionState.Suspect)
                            && !losses.isUnreadable(key);
                    if (isSwept) {
                      Exposure.atRest(pop, record, judged::verify);
                    }
                  });
        });
  }

  /**
   * An answer that a POP hands on is judged by the policies of its two ends: the one that gives it
   * has looked at the way too.
   */
  private static boolean isOnItsWay(PopId pop, Event event) {
    return event instanceof Event.MessageReceived received
        && received.message() instanceof PeerMessage.Returning answer
        && !answer.asker().equals(pop);
  }

  /** One POP, by its policy of this moment. */
  private final class Judged {
    private final PopId self;
    private final NamespacePolicy rules;

    Judged(PopId self, NamespacePolicy rules) {
      this.self = self;
      this.rules = rules;
    }

    void verify(Effect effect) {
      if (effect instanceof Effect.Send send) {
        verify(send.to(), send.message());
      } else if (effect instanceof Effect.Answer answer
          && answer.reply().outcome() instanceof Outcome.Success success) {
        List<Operation> operations =
            calls.getOrDefault(new Call(self, answer.token()), ImmutableList.of());
        Exposure.inAnswer(self, operations, success, this::verify);
      }
    }

    void verifyRest(KeyHash key, SessionRecord record) {
      record.state().payload().ifPresent(data -> forEachValue(data, verifyRest(key)));
      record
          .custody()
          .ifPresent(
              custody -> custody.values().forEach(kept -> kept.fields().forEach(verifyRest(key))));
    }

    private BiConsumer<String, Field> verifyRest(KeyHash key) {
      return (name, field) -> {
        Resting resting = new Resting(self, key, name, field);
        if (!rested.contains(resting)) {
          verify(self, name, field.dataClass(), true);
          rested.add(resting);
        }
      };
    }

    private void forEachValue(SessionData data, BiConsumer<String, Field> visitor) {
      data.fields().forEach(visitor);
      for (WindowEntry entry : data.window().entries()) {
        for (OperationResult result : entry.results()) {
          if (result instanceof OperationResult.FieldsRead read) {
            read.fields().forEach(visitor);
          }
        }
      }
    }

    private void verify(PopId to, PeerMessage message) {
      List<Operation> answers = List.of();
      if (message instanceof PeerMessage.Acquire acquire
          && acquire.call().isPresent()
          && acquire.isDirect()) {
        asked.put(acquire.nonce(), acquire.call().get().operations());
      } else if (message instanceof PeerMessage.Create create) {
        asked.put(create.nonce(), create.request().operations());
      } else if (message instanceof PeerMessage.Granted granted) {
        answers = asked.getOrDefault(granted.nonce(), List.of());
      } else if (message instanceof PeerMessage.Executed executed) {
        answers = asked.getOrDefault(executed.nonce(), List.of());
      }
      Exposure.inMessage(to, message, answers, this::verify);
    }

    private void verify(PopId pop, String name, String label, boolean rests) {
      Decision decision = rules.decide(residency, rules.classOf(name, label), pop);
      if (rests ? !decision.mayStore() : !decision.mayAccess()) {
        throw new InvariantViolated(
            ResidencyHolds.this,
            "by the policy of `"
                + self
                + "`, `"
                + name
                + "` "
                + (rests ? "rests" : "is shown")
                + " at `"
                + pop
                + "`: "
                + decision);
      }
    }
  }
}
