package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.world.Boundary.Moment;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Exactly the strikes of a list. */
record GivenStrikes(ImmutableList<Strike> strikes) implements Strikes.Source {
  @Override
  public Fate fateOf(String kind, PopId from, PopId to, int ordinal) {
    for (Strike strike : strikes) {
      if (strike instanceof Strike.OfMessage each
          && each.ordinal() == ordinal
          && each.kind().equals(kind)
          && each.from().equals(from)
          && each.to().equals(to)) {
        return each.fate();
      }
    }
    return Fate.DELIVERED;
  }

  @Override
  public Optional<Crash> crashAt(PopId pop, Moment moment, String what, int ordinal) {
    for (Strike strike : strikes) {
      if (strike instanceof Strike.OfProcess each
          && each.ordinal() == ordinal
          && each.moment() == moment
          && each.pop().equals(pop)) {
        return Optional.of(each.crash());
      }
    }
    return Optional.empty();
  }
}
