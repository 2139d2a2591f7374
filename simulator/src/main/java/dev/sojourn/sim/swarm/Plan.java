package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * All that a run does.
 *
 * @param strikes exactly these; or, where there are none, whatever the seed draws as messages and
 *     boundaries come about
 */
public record Plan(
    Shape shape,
    ImmutableList<Act> acts,
    ImmutableList<Trouble> troubles,
    Optional<ImmutableList<Strike>> strikes) {
  public long seed() {
    return shape.seed();
  }

  Plan withActs(ImmutableList<Act> others) {
    return new Plan(shape, others, troubles, strikes);
  }

  Plan withTroubles(ImmutableList<Trouble> others) {
    return new Plan(shape, acts, others, strikes);
  }

  Plan striking(ImmutableList<Strike> exactly) {
    return new Plan(shape, acts, troubles, Optional.of(exactly));
  }
}
