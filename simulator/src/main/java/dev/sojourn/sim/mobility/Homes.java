package dev.sojourn.sim.mobility;

import dev.sojourn.sim.chance.Draws;
import dev.sojourn.sim.place.Sites;

/**
 * Where people live: at airports, the more the more routes they have, since where people are
 * counted by the square kilometre may not be shipped. Immutable.
 */
public final class Homes {
  private final AirRoutes air;
  private final int[] popOfAirport;
  private final double[] cumulated;

  public Homes(AirRoutes air, Sites sites) {
    this.air = air;
    this.popOfAirport = new int[air.airports()];
    this.cumulated = new double[air.airports()];
    double sum = 0;
    for (int airport = 0; airport < air.airports(); airport++) {
      popOfAirport[airport] = sites.nearest(air.lat(airport), air.lon(airport));
      sum += air.routesFrom(airport);
      cumulated[airport] = sum;
    }
  }

  /** Where somebody is at home, by airport: the walk is that of a resident of its country. */
  int settle(Draws draws, Walk walk) {
    int airport = drawAirport(draws);
    walk.residentOf(air.country(airport));
    return airport;
  }

  int drawAirport(Draws draws) {
    double at = draws.unit() * cumulated[cumulated.length - 1];
    int low = 0;
    int high = cumulated.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulated[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  int pop(int airport) {
    return popOfAirport[airport];
  }

  AirRoutes air() {
    return air;
  }
}
