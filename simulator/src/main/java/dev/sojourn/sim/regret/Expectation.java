package dev.sojourn.sim.regret;

import dev.sojourn.core.move.QuietOrCoin;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import java.util.Arrays;

/**
 * What the default rule costs on one session in expectation over its coin, computed exactly by
 * carrying the distribution over places. Where the rule looks at how long a session has been held
 * and whom it came from, those are part of the state; states that it cannot tell apart become one.
 * Not thread-safe.
 */
public final class Expectation {
  private static final int NOBODY = -1;

  private final RoundTrips metric;
  private final QuietOrCoin rule;

  // The states, in parallel: where it is, whom it came from, since when, and how likely that is.
  private int[] places = new int[8];
  private int[] cameFrom = new int[8];
  private long[] sinceMillis = new long[8];
  private double[] odds = new double[8];
  private int states;

  public Expectation(RoundTrips metric, QuietOrCoin rule) {
    this.metric = metric;
    this.rule = rule;
  }

  /** In microseconds of round trips. */
  public double cost(Session session) {
    Request first = session.get(0);
    states = 0;
    put(first.pop(), NOBODY, Long.MIN_VALUE, 1);
    double cost = 0;
    long lastMillis = first.atMillis();
    for (int i = 1; i < session.size(); i++) {
      Request request = session.get(i);
      cost += step(request, request.atMillis() - lastMillis);
      lastMillis = request.atMillis();
    }
    return cost;
  }

  private double step(Request request, long quietMillis) {
    int here = request.pop();
    boolean isQuiet = quietMillis >= rule.quietMillisMin();
    double cost = 0;
    int before = states;
    for (int i = 0; i < before; i++) {
      if (places[i] == here) {
        continue;
      }
      double distance = metric.micros(places[i], here);
      boolean straightBack =
          cameFrom[i] == here && request.atMillis() - sinceMillis[i] < rule.returnMillis();
      double moves = isQuiet && !straightBack ? 1 : rule.probability();
      cost += odds[i] * distance * (1 + moves * rule.moveCost());
      put(here, places[i], request.atMillis(), odds[i] * moves);
      odds[i] *= 1 - moves;
    }
    merge(request.atMillis());
    return cost;
  }

  private void put(int place, int from, long since, double likely) {
    if (states == odds.length) {
      places = Arrays.copyOf(places, 2 * states);
      cameFrom = Arrays.copyOf(cameFrom, 2 * states);
      sinceMillis = Arrays.copyOf(sinceMillis, 2 * states);
      odds = Arrays.copyOf(odds, 2 * states);
    }
    places[states] = place;
    cameFrom[states] = from;
    sinceMillis[states] = since;
    odds[states++] = likely;
  }

  /** Held for long enough, it no longer matters whom a session came from. */
  private void merge(long nowMillis) {
    int kept = 0;
    for (int i = 0; i < states; i++) {
      boolean forgets = cameFrom[i] != NOBODY && nowMillis - sinceMillis[i] >= rule.returnMillis();
      int from = forgets ? NOBODY : cameFrom[i];
      long since = forgets ? Long.MIN_VALUE : sinceMillis[i];
      int same = 0;
      while (same < kept
          && !(places[same] == places[i] && cameFrom[same] == from && sinceMillis[same] == since)) {
        same++;
      }
      if (odds[i] == 0) {
        continue;
      }
      if (same < kept) {
        odds[same] += odds[i];
      } else {
        places[kept] = places[i];
        cameFrom[kept] = from;
        sinceMillis[kept] = since;
        odds[kept++] = odds[i];
      }
    }
    states = kept;
  }
}
