package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.world.Boundary;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.Faults;
import dev.sojourn.sim.world.Sent;
import dev.sojourn.value.PopId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The strikes of one run. Remembers those that came about, so that a drawn run can be played again
 * from a list, and the list made shorter.
 */
final class Strikes implements Faults {
  private final Source source;
  private final Map<Way, Integer> sent = new HashMap<>();
  private final Map<Place, Integer> reached = new HashMap<>();
  private final ImmutableList.Builder<Strike> cameAbout = ImmutableList.builder();

  private record Way(String kind, PopId from, PopId to) {}

  private record Place(PopId pop, Boundary.Moment moment) {}

  /** Decides what strikes. */
  interface Source {
    Fate fateOf(String kind, PopId from, PopId to, int ordinal);

    Optional<Crash> crashAt(PopId pop, Boundary.Moment moment, String what, int ordinal);
  }

  Strikes(Source source) {
    this.source = source;
  }

  ImmutableList<Strike> cameAbout() {
    return cameAbout.build();
  }

  @Override
  public Fate fateOf(Sent message) {
    Way way = new Way(message.kind(), message.from(), message.to());
    int ordinal = sent.merge(way, 1, Integer::sum) - 1;
    Fate fate = source.fateOf(way.kind(), way.from(), way.to(), ordinal);
    if (fate.kind() != Fate.Kind.DELIVERED) {
      cameAbout.add(new Strike.OfMessage(way.kind(), way.from(), way.to(), ordinal, fate));
    }
    return fate;
  }

  @Override
  public Optional<Crash> crashAt(Boundary boundary) {
    Place place = new Place(boundary.pop(), boundary.moment());
    int ordinal = reached.merge(place, 1, Integer::sum) - 1;
    Optional<Crash> crash = source.crashAt(place.pop(), place.moment(), boundary.what(), ordinal);
    crash.ifPresent(
        each -> cameAbout.add(new Strike.OfProcess(place.pop(), place.moment(), ordinal, each)));
    return crash;
  }
}
