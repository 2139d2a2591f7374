package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A browser: it keeps the last hint that it was given, sends it along, and repeats what was not
 * answered with the same bytes.
 */
public final class Device {
  private final World world;
  private final String name;
  private final SeededRandom random;
  private final List<Ask> asks = new ArrayList<>();
  private final List<Hint> received = new ArrayList<>();
  private Optional<Hint> hint = Optional.empty();

  Device(World world, String name) {
    this.world = world;
    this.name = name;
    this.random = SeededRandom.named(world.settings().seed(), "device " + name);
  }

  public String name() {
    return name;
  }

  /** What the next request carries. */
  public Optional<Hint> hint() {
    return hint;
  }

  /** Every hint that this device was ever given, oldest first. */
  public List<Hint> received() {
    return List.copyOf(received);
  }

  public List<Ask> asks() {
    return List.copyOf(asks);
  }

  /** Replaces what this device carries, as when a cookie is copied from another device. */
  public void carry(Optional<Hint> other) {
    hint = other;
  }

  /** Sends a request with the hint of the moment. */
  public Ask ask(PopId pop, Patience patience, Operation... operations) {
    return ask(pop, patience, hint, Credential.GENUINE, ImmutableList.copyOf(operations));
  }

  /** Sends a request with any hint at all. */
  public Ask ask(
      PopId pop,
      Patience patience,
      Optional<Hint> with,
      Credential credential,
      ImmutableList<Operation> operations) {
    RequestId id = new RequestId(random.nextBytes(RequestId.LENGTH));
    Ask ask = new Ask(world, this, id, with, credential, operations, patience);
    asks.add(ask);
    ask.send(pop);
    return ask;
  }

  void learn(Outcome outcome) {
    if (outcome instanceof Outcome.Success success) {
      success.hint().ifPresent(this::take);
      if (success.flags().ended()) {
        hint = Optional.empty();
      }
    } else if (outcome instanceof Outcome.Failure failure) {
      Problem problem = failure.problem();
      problem.hint().ifPresent(this::take);
      if (problem.code() == ErrorCode.SESSION_ENDED) {
        hint = Optional.empty();
      }
    }
  }

  private void take(Hint fresh) {
    hint = Optional.of(fresh);
    if (!received.contains(fresh)) {
      received.add(fresh);
    }
  }
}
