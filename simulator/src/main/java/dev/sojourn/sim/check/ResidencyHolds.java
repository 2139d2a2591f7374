package dev.sojourn.sim.check;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Said;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.Country;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Invariant 5: no value of a class that may not be stored somewhere is ever on a disk there, and
 * none that may not be seen somewhere is ever said to a POP there or to a client of it. Looks at
 * every value by itself, on every disk, in every message that was sent and in every answer.
 */
public final class ResidencyHolds implements Invariant {
  private final Optional<NamespacePolicy> rules;
  private final Country residency;
  private final Map<Nonce, List<Operation>> asked = new LinkedHashMap<>();

  /**
   * @param rules of the sessions' namespace, the same at every POP for the whole run
   * @param residency of all sessions
   */
  public ResidencyHolds(Optional<NamespacePolicy> rules, Country residency) {
    this.rules = rules;
    this.residency = residency;
  }

  @Override
  public void observe(Observation observation) {
    if (rules.isEmpty()) {
      return;
    }
    if (observation instanceof Stored stored) {
      stored
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> Exposure.atRest(stored.pop(), data, this::verify));
    } else if (observation instanceof Said said) {
      verify(said.to(), said.message());
    } else if (observation instanceof Answered answered
        && answered.reply().outcome() instanceof Outcome.Success success) {
      Exposure.inAnswer(answered.pop(), answered.request().operations(), success, this::verify);
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
    NamespacePolicy policy = rules.orElseThrow();
    Decision decision = policy.decide(residency, policy.classOf(name, label), pop);
    if (rests ? !decision.mayStore() : !decision.mayAccess()) {
      throw new InvariantViolated(
          this,
          "`" + name + "` " + (rests ? "rests" : "is shown") + " at `" + pop + "`: " + decision);
    }
  }
}
