package dev.sojourn.sim.regret;

import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import java.util.Arrays;

/**
 * Where a session is after each request, and what that costs by the model of docs/when-to-move.md:
 * a request at r with the session at s costs d(s, r), and d(s, r) times D more if it moves along.
 */
public final class Schedule {
  private final int[] placesAfter;
  private final double cost;

  private Schedule(int[] placesAfter, double cost) {
    this.placesAfter = placesAfter;
    this.cost = cost;
  }

  /** After the request of that index. */
  public int placeAfter(int request) {
    return placesAfter[request];
  }

  /** In microseconds of round trips. */
  public double cost() {
    return cost;
  }

  /** Of one request, with the session at {@code place} before it. */
  public static double costOf(
      RoundTrips metric, double moveCost, int place, int pop, boolean moves) {
    double distance = metric.micros(place, pop);
    return moves ? (1 + moveCost) * distance : distance;
  }

  /**
   * The cheapest schedule that moves only to whoever asks, by dynamic programming over the POPs
   * that ask. The session begins where its first request comes in.
   */
  public static Schedule best(Session requests, RoundTrips metric, double moveCost) {
    int count = requests.size();
    int[] pops = new int[count];
    int[] candidates = new int[count];
    int[] at = new int[count];
    int known = 0;
    for (int i = 0; i < count; i++) {
      Request request = requests.get(i);
      pops[i] = request.pop();
      int found = 0;
      while (found < known && candidates[found] != pops[i]) {
        found++;
      }
      if (found == known) {
        candidates[known++] = pops[i];
      }
      at[i] = found;
    }
    if (known == 1) {
      int[] places = new int[count];
      Arrays.fill(places, pops[0]);
      return new Schedule(places, 0);
    }
    return search(pops, at, Arrays.copyOf(candidates, known), metric, moveCost);
  }

  private static Schedule search(
      int[] pops, int[] at, int[] candidates, RoundTrips metric, double moveCost) {
    int count = pops.length;
    int known = candidates.length;
    double[] cheapest = new double[known];
    Arrays.fill(cheapest, Double.POSITIVE_INFINITY);
    cheapest[at[0]] = 0;
    // For each request the place from which the asker's POP is reached most cheaply.
    int[] movedFrom = new int[count];
    for (int i = 0; i < count; i++) {
      int here = at[i];
      double moved = Double.POSITIVE_INFINITY;
      for (int place = 0; place < known; place++) {
        double distance = metric.micros(candidates[place], pops[i]);
        double moving = cheapest[place] + (1 + moveCost) * distance;
        if (moving < moved) {
          moved = moving;
          movedFrom[i] = place;
        }
        cheapest[place] += distance;
      }
      // Staying at the asker's POP is the move of no length.
      cheapest[here] = moved;
    }
    int place = 0;
    for (int i = 1; i < known; i++) {
      if (cheapest[i] < cheapest[place]) {
        place = i;
      }
    }
    double cost = cheapest[place];
    int[] places = new int[count];
    for (int i = count - 1; i >= 0; i--) {
      places[i] = candidates[place];
      if (place == at[i]) {
        place = movedFrom[i];
      }
    }
    return new Schedule(places, cost);
  }
}
