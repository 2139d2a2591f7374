package dev.sojourn.sim.regret;

import dev.sojourn.core.move.QuietOrCoin;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.promise.Promise;
import dev.sojourn.sim.promise.PromiseBroken;
import dev.sojourn.sim.terms.Session;
import java.util.Optional;

/**
 * Rules for moving against the best schedule, session by session, and the bounds that are claimed
 * for them: a session that breaks one stops the run. Not thread-safe.
 */
public final class Regret {
  /** Sums of fractions are a little off. */
  private static final double SLACK = 1e-9;

  private final Optional<Judge> judge;
  private final double moveCost;
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

  private record Judge(RoundTrips metric, Expectation auto, Expectation coin) {
    static Judge of(RoundTrips metric, double moveCost) {
      QuietOrCoin rule = QuietOrCoin.standard().withMoveCost(moveCost);
      return new Judge(
          metric, new Expectation(metric, rule), new Expectation(metric, rule.coinOnly()));
    }
  }

  /**
   * @param metric distances that keep the triangle inequality; without them nothing is judged
   * @param moveCost D: what moving costs more than answering, as a share of the round trip
   */
  public Regret(Optional<RoundTrips> metric, double moveCost) {
    this.judge = metric.map(each -> Judge.of(each, moveCost));
    this.moveCost = moveCost;
  }

  /** Looks at one session. Nothing is looked at where there is no metric. */
  public void judge(Session session) {
    if (judge.isEmpty() || !moves(session)) {
      return;
    }
    RoundTrips metric = judge.get().metric();
    double best = Schedule.best(session, metric, moveCost).cost();
    optimum += best;
    judge(Rule.AUTO, judge.get().auto().cost(session), best);
    judge(Rule.COIN, judge.get().coin().cost(session), best);
    judge(Rule.ALWAYS, always(session, metric, moveCost), best);
    judge(Rule.NEVER, never(session, metric), best);
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
    worst[rule.ordinal()] = Math.max(worst[rule.ordinal()], cost / best);
    double factor = bound(rule, moveCost);
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
