package dev.sojourn.sim.check;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.WindowEntry;
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
          .ifPresent(data -> verifyRest(stored.pop(), data));
    } else if (observation instanceof Said said) {
      verify(said.to(), said.message());
    } else if (observation instanceof Answered answered
        && answered.reply().outcome() instanceof Outcome.Success success) {
      verifyResults(answered.pop(), answered.request().operations(), success.results());
    }
  }

  private void verifyRest(PopId pop, SessionData data) {
    data.fields().forEach((name, field) -> verify(pop, name, field, true));
    for (WindowEntry entry : data.window().entries()) {
      for (OperationResult result : entry.results()) {
        if (result instanceof OperationResult.FieldsRead read) {
          read.fields().forEach((name, field) -> verify(pop, name, field, true));
        }
      }
    }
  }

  private void verify(PopId to, PeerMessage message) {
    if (message instanceof PeerMessage.Acquire acquire && acquire.call().isPresent()) {
      List<Operation> operations = acquire.call().get().operations();
      verifyOperations(to, operations);
      if (acquire.isDirect()) {
        asked.put(acquire.nonce(), operations);
      }
    } else if (message instanceof PeerMessage.Create create) {
      SessionRequest request = create.request();
      verifyOperations(to, request.operations());
      asked.put(create.nonce(), request.operations());
    } else if (message instanceof PeerMessage.Granted granted) {
      verifyRest(to, granted.data());
      granted.answered().ifPresent(success -> verifyResults(to, granted.nonce(), success));
    } else if (message instanceof PeerMessage.Executed executed) {
      verifyResults(to, executed.nonce(), executed.success());
    }
  }

  private void verifyOperations(PopId pop, List<Operation> operations) {
    for (Operation operation : operations) {
      if (operation instanceof Operation.Put put) {
        verify(pop, put.name(), put.field(), false);
      } else if (operation instanceof Operation.Append append) {
        verify(pop, append.name(), Field.DEFAULT_CLASS, false);
      } else if (operation instanceof Operation.Increment increment) {
        verify(pop, increment.name(), Field.DEFAULT_CLASS, false);
      }
    }
  }

  private void verifyResults(PopId pop, Nonce nonce, Outcome.Success success) {
    verifyResults(pop, asked.getOrDefault(nonce, List.of()), success.results());
  }

  private void verifyResults(PopId pop, List<Operation> operations, List<OperationResult> results) {
    for (int i = 0; i < results.size(); i++) {
      OperationResult result = results.get(i);
      Optional<Operation> operation =
          i < operations.size() ? Optional.of(operations.get(i)) : Optional.empty();
      if (result instanceof OperationResult.FieldsRead read) {
        read.fields().forEach((name, field) -> verify(pop, name, field, false));
      } else if (result instanceof OperationResult.Number
          && operation.isPresent()
          && operation.get() instanceof Operation.Increment increment) {
        verify(pop, increment.name(), Field.DEFAULT_CLASS, false);
      }
    }
  }

  private void verify(PopId pop, String name, Field field, boolean rests) {
    verify(pop, name, field.dataClass(), rests);
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
