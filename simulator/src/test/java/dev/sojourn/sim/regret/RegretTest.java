package dev.sojourn.sim.regret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sojourn.core.move.QuietOrCoin;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegretTest {
  private static final int POPS = 4;

  @Test
  void shouldFindTheScheduleThatTryingThemAllFinds() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RoundTrips metric = metric(random);
      Session session = session(random, 9);
      double moveCost = random.nextInt(5) / 2.0;
      Schedule best = Schedule.best(session, metric, moveCost);

      double tried = cheapest(session, metric, moveCost, 0, session.get(0).pop());
      assertThat(best.cost()).as("seed %d", seed).isEqualTo(tried, within(1e-6));
      assertThat(costOf(best, session, metric, moveCost))
          .as("seed %d", seed)
          .isEqualTo(best.cost(), within(1e-6));
    }
  }

  private static double cheapest(
      Session session, RoundTrips metric, double moveCost, int next, int place) {
    if (next == session.size()) {
      return 0;
    }
    int pop = session.get(next).pop();
    double stays =
        Schedule.costOf(metric, moveCost, place, pop, false)
            + cheapest(session, metric, moveCost, next + 1, place);
    double moves =
        Schedule.costOf(metric, moveCost, place, pop, true)
            + cheapest(session, metric, moveCost, next + 1, pop);
    return Math.min(stays, moves);
  }

  private static double costOf(
      Schedule schedule, Session session, RoundTrips metric, double moveCost) {
    double cost = 0;
    int place = session.get(0).pop();
    for (int i = 0; i < session.size(); i++) {
      int after = schedule.placeAfter(i);
      cost += Schedule.costOf(metric, moveCost, place, session.get(i).pop(), after != place);
      place = after;
    }
    return cost;
  }

  @Test
  void shouldExpectWhatAllWaysThatTheCoinCanFallGiveTogether() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RoundTrips metric = metric(random);
      Session session = session(random, 12);
      QuietOrCoin rule = QuietOrCoin.standard().withMoveCost(random.nextInt(4) / 2.0);
      int home = session.get(0).pop();

      assertThat(new Expectation(metric, rule).cost(session))
          .as("seed %d", seed)
          .isEqualTo(allWays(session, metric, rule, 1, home, -1, Long.MIN_VALUE / 2), within(1e-6));
    }
  }

  private static double allWays(
      Session session,
      RoundTrips metric,
      QuietOrCoin rule,
      int next,
      int place,
      int cameFrom,
      long since) {
    if (next == session.size()) {
      return 0;
    }
    Request request = session.get(next);
    double distance = metric.micros(place, request.pop());
    if (request.pop() == place) {
      return allWays(session, metric, rule, next + 1, place, cameFrom, since);
    }
    long quiet = request.atMillis() - session.get(next - 1).atMillis();
    boolean back = cameFrom == request.pop() && request.atMillis() - since < rule.returnMillis();
    double odds = quiet >= rule.quietMillisMin() && !back ? 1 : rule.probability();
    double moved =
        distance * (1 + rule.moveCost())
            + allWays(session, metric, rule, next + 1, request.pop(), place, request.atMillis());
    double stayed =
        odds == 1 ? 0 : distance + allWays(session, metric, rule, next + 1, place, cameFrom, since);
    return odds * moved + (1 - odds) * stayed;
  }

  private static RoundTrips metric(SplittableRandom random) {
    int[] micros = random.ints(POPS * POPS, 1, 1_000).toArray();
    return new RoundTrips(POPS, (a, b) -> micros[a * POPS + b]).metricClosure();
  }

  private static Session session(SplittableRandom random, int size) {
    List<Request> requests = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < size; i++) {
      at += random.nextInt(4) == 0 ? 200_000 + random.nextInt(200_000) : random.nextInt(15_000);
      requests.add(new Request(at, random.nextInt(POPS), 0, false, i == 0));
    }
    return new Session() {
      @Override
      public int size() {
        return requests.size();
      }

      @Override
      public Request get(int index) {
        return requests.get(index);
      }
    };
  }
}
