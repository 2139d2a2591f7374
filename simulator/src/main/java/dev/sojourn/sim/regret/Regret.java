package dev.sojourn.sim.regret;

import dev.sojourn.core.move.QuietOrCoin;
import dev.sojourn.sim.own.Promise;
import dev.sojourn.sim.own.PromiseBroken;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.rival.Session;
import dev.sojourn.sim.run.Requests;
import dev.sojourn.sim.run.Scenario;

/**
 * Rules for moving against the best schedule, session by session, and the bounds that are claimed
 * for them: a session that breaks one stops the run. Not thread-safe.
 */
public final class Regret {
  /** Sums of fractions are a little off. */
  private static final double SLACK = 1e-9;

  private final Scenario scenario;
  private final double[] costs = new double[Rule.values().length];
  private final double[] worst = new double[Rule.values().length];
  private double optimum;
  private long checks;

  /** What is held against the best schedule. */
  public enum Rule {
    /** At once if the session was quiet, else by a coin. */
    AUTO,
    /** By the coin alone. */
    COIN,
    /** With the first request. */
    ALWAYS,
    /** Not at all. */
    NEVER
  }

  public Regret(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Looks at every session of a partition. Nothing is looked at where there is no metric. */
  public void judge(Requests requests) {
    if (scenario.metric().isEmpty()) {
      return;
    }
    RoundTrips metric = scenario.metric().get();
    double moveCost = scenario.moving().cost();
    QuietOrCoin rule = QuietOrCoin.standard().withMoveCost(moveCost);
    Expectation auto = new Expectation(metric, rule);
    Expectation coin = new Expectation(metric, rule.coinOnly());
    for (int i = 0; i < requests.sessions(); i++) {
      Session session = requests.view(i);
      if (!moves(session)) {
        continue;
      }
      double best = Schedule.best(session, metric, moveCost).cost();
      optimum += best;
      judge(Rule.AUTO, auto.cost(session), best);
      judge(Rule.COIN, coin.cost(session), best);
      judge(Rule.ALWAYS, always(session, metric, moveCost), best);
      judge(Rule.NEVER, never(session, metric), best);
    }
  }

  private static boolean moves(Session session) {
    int home = session.get(0).pop();
    for (int i = 1; i < session.size(); i++) {
      if (session.get(i).pop() != home) {
        return true;
      }
    }
    return false;
  }

  private void judge(Rule rule, double cost, double best) {
    costs[rule.ordinal()] += cost;
    // Where POPs are no distance apart, no schedule costs anything.
    if (best > 0) {
      worst[rule.ordinal()] = Math.max(worst[rule.ordinal()], cost / best);
    }
    double factor = bound(rule, scenario.moving().cost());
    if (factor < Double.POSITIVE_INFINITY) {
      checks++;
      if (cost > factor * best * (1 + SLACK)) {
        throw new PromiseBroken(
            Promise.BOUND_ON_MOVING,
            "`" + rule + "` costs " + cost + " where the best schedule costs " + best);
      }
    }
  }

  /** What the rule's expected cost is at most, over the best schedule's. */
  public static double bound(Rule rule, double moveCost) {
    return switch (rule) {
      case AUTO -> 3 + 4 * moveCost;
      case COIN -> 2 + moveCost / (1 + moveCost);
      case ALWAYS -> 2 * (1 + moveCost);
      case NEVER -> Double.POSITIVE_INFINITY;
    };
  }

  private static double always(Session session, RoundTrips metric, double moveCost) {
    double cost = 0;
    for (int i = 1; i < session.size(); i++) {
      cost += (1 + moveCost) * metric.micros(session.get(i - 1).pop(), session.get(i).pop());
    }
    return cost;
  }

  private static double never(Session session, RoundTrips metric) {
    double cost = 0;
    int home = session.get(0).pop();
    for (int i = 1; i < session.size(); i++) {
      cost += metric.micros(home, session.get(i).pop());
    }
    return cost;
  }

  /** Puts another partition's to it. */
  public void add(Regret other) {
    for (int i = 0; i < costs.length; i++) {
      costs[i] += other.costs[i];
      worst[i] = Math.max(worst[i], other.worst[i]);
    }
    optimum += other.optimum;
    checks += other.checks;
  }

  /** All sessions together over the best schedules together; 1 where nothing ever had to move. */
  public double ratio(Rule rule) {
    return ratio(costs[rule.ordinal()]);
  }

  /** The same of any cost by this model. */
  public double ratio(double cost) {
    return optimum == 0 ? 1 : cost / optimum;
  }

  /** Of the one session that is worst; 1 where none ever had to move. */
  public double worst(Rule rule) {
    return Math.max(1, worst[rule.ordinal()]);
  }

  /** Of all best schedules, in microseconds of round trips. */
  public double optimum() {
    return optimum;
  }

  /** How often a bound was checked. */
  public long checks() {
    return checks;
  }
}
