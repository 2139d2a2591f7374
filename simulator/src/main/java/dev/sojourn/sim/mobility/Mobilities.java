package dev.sojourn.sim.mobility;

import dev.sojourn.sim.place.Sites;

/** How people move where no trace says so, each by a rule of a few lines. */
public final class Mobilities {
  private static final long HOUR = 3_600_000;

  private Mobilities() {}

  /** Nowhere. */
  public static Mobility home(Homes homes) {
    return (user, draws, walk) -> walk.go(0, homes.pop(homes.settle(draws, walk)));
  }

  /**
   * By air, over the real routes: away some time after the start, on by a second flight now and
   * then, back after a stay of 6 to 72 hours, and so on.
   */
  public static Mobility flights(Homes homes, long lengthMillis) {
    return (user, draws, walk) -> {
      AirRoutes air = homes.air();
      int home = homes.settle(draws, walk);
      walk.go(0, homes.pop(home));
      long at = draws.below(18 * HOUR);
      int here = home;
      while (at < lengthMillis) {
        int to = here == home || draws.chance(0.2) ? air.drawTarget(here, draws) : home;
        walk.go(at, Walk.OFFLINE);
        at += air.flightMillis(here, to);
        walk.go(at, homes.pop(to));
        here = to;
        at += 6 * HOUR + draws.below(66 * HOUR);
      }
    };
  }

  /** To work in the next metro area, 20 to 250 km away, from eight to six by the sun. */
  public static Mobility commute(Homes homes, Sites sites, long lengthMillis) {
    int[] work = new int[sites.size()];
    for (int pop = 0; pop < work.length; pop++) {
      work[pop] = workplace(sites, pop);
    }
    return (user, draws, walk) -> {
      int home = homes.pop(homes.settle(draws, walk));
      walk.go(0, home);
      long shift = (long) (sites.get(home).lon() / 15 * HOUR);
      for (long day = -24 * HOUR; day < lengthMillis + 24 * HOUR; day += 24 * HOUR) {
        long leaves = day - shift + 7 * HOUR + draws.below(2 * HOUR);
        long returns = leaves + 9 * HOUR + draws.below(2 * HOUR);
        if (leaves > 0) {
          walk.go(leaves, work[home]);
        }
        if (returns > 0) {
          walk.go(returns, home);
        }
      }
    };
  }

  private static int workplace(Sites sites, int home) {
    int next = sites.nearestOther(home, 20);
    return sites.km(home, next) < 250 ? next : home;
  }

  /** Two devices on one session, the second one anywhere, both at work all the time. */
  public static Mobility devices(Homes homes) {
    return (user, draws, walk) -> {
      walk.go(0, homes.pop(homes.settle(draws, walk)));
      walk.alsoAt(homes.pop(homes.drawAirport(draws)), 0.5, true);
    };
  }

  /** Anycast routes that flip: each request may come in at the next POP instead. */
  public static Mobility flip(Homes homes, Sites sites, double odds) {
    return (user, draws, walk) -> {
      int home = homes.pop(homes.settle(draws, walk));
      walk.go(0, home);
      walk.alsoAt(sites.nearestOther(home, 1), odds, false);
    };
  }

  /** To one place for some hours, and most of the day's visits from there. */
  public static Mobility stadium(Homes homes, int pop, long fromMillis, long millis) {
    return (user, draws, walk) -> {
      int home = homes.pop(homes.settle(draws, walk));
      walk.go(0, home);
      long comes = Math.max(1, fromMillis - draws.below(HOUR));
      walk.go(comes, pop);
      walk.go(fromMillis + millis + draws.below(HOUR), home);
      walk.busyDuring(fromMillis, millis, 0.6);
    };
  }
}
