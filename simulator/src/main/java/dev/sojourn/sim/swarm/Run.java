package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.Operation;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.sim.scenario.Operations;
import dev.sojourn.sim.world.Ask;
import dev.sojourn.sim.world.Core;
import dev.sojourn.sim.world.Device;
import dev.sojourn.sim.world.Healing;
import dev.sojourn.sim.world.Invariants;
import dev.sojourn.sim.world.World;
import dev.sojourn.sim.world.WorldSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One plan, played to its end: healing, every session read from every POP, every invariant on.
 * Single-threaded, and of nothing but the plan: the same plan gives the same verdict.
 */
public final class Run {
  private static final long TICK_MILLIS = 50;
  private static final int TICKS_MAX = 2_400;

  /** What the last requests set in motion may go wrong as well. */
  private static final long AFTERMATH_MILLIS = 2_000;

  /**
   * Less than the clock error for which what a session leaves is kept, by more than clocks jump.
   */
  private static final long REPEATED_AT_LATEST_MILLIS = 200_000;

  private final Plan plan;
  private final Strikes strikes;
  private final Coverage coverage = new Coverage();
  private final World world;
  private final Map<Integer, Ask> asks = new HashMap<>();
  private final Map<Integer, Long> askedAtMillis = new HashMap<>();

  private Run(Plan plan, Core.Maker maker, boolean traced) {
    this.plan = plan;
    this.strikes =
        new Strikes(
            plan.strikes()
                .<Strikes.Source>map(GivenStrikes::new)
                .orElseGet(() -> new DrawnStrikes(plan.seed(), plan.shape().pops())));
    WorldSettings settings = plan.shape().settings(maker, traced);
    this.world = new World(settings, strikes, Invariants.all(settings), new Counting(coverage));
  }

  /** Plays the plan with the protocol that {@code maker} makes. */
  public static Verdict of(Plan plan, Core.Maker maker, boolean traced) {
    Run run = new Run(plan, maker, traced);
    Optional<String> failure = Optional.empty();
    try {
      run.toEnd();
    } catch (RuntimeException e) {
      failure = Optional.of(told(e));
    }
    return run.verdict(failure, traced);
  }

  private static String told(RuntimeException e) {
    String where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
    boolean judged = e.getClass().getPackageName().startsWith("dev.sojourn.sim");
    return e.getClass().getSimpleName() + ": " + e.getMessage() + (judged ? "" : where);
  }

  private Verdict verdict(Optional<String> failure, boolean traced) {
    long requests = 0;
    for (Device device : world.devices()) {
      requests += device.asks().stream().mapToLong(Ask::attempts).sum();
    }
    return new Verdict(
        plan.seed(),
        failure,
        traced ? world.trace().fingerprint() : 0,
        requests,
        coverage,
        strikes.cameAbout(),
        ImmutableList.copyOf(world.trace().lines()));
  }

  private void toEnd() {
    setUp();
    for (Act act : plan.acts()) {
      world.run(act.pauseMillis());
      play(act);
      if (act.waits()) {
        await();
      }
    }
    await();
    world.run(AFTERMATH_MILLIS);
    Healing.heal(world);
    if (plan.shape().move() != Shape.Move.NEVER && plan.shape().rules().isEmpty()) {
      Healing.stay(world);
    }
  }

  private void setUp() {
    for (Shape.Way way : plan.shape().ways()) {
      world.network().setRttMillis(way.one(), way.other(), way.rttMillis());
      world.network().setJitterMillis(way.one(), way.other(), way.jitterMillis());
      world.network().setBytesPerSecond(way.one(), way.other(), way.bytesPerSecond());
      if (way.bytesPerSecond() > 0) {
        coverage.count("fault SLOW_LINE");
      }
    }
    for (Shape.Drift drift : plan.shape().drifts()) {
      world.pop(drift.pop()).driftClock(drift.ppm());
      coverage.count("fault DRIFT");
    }
    for (Trouble trouble : plan.troubles()) {
      world.after(trouble.atMillis(), () -> befall(trouble));
    }
  }

  private void befall(Trouble trouble) {
    if (!world.isHealed()) {
      coverage.count("fault " + trouble.kind());
      trouble.befall(world);
    }
  }

  private void await() {
    for (int i = 0; i < TICKS_MAX && !asks.values().stream().allMatch(Ask::isOver); i++) {
      world.run(TICK_MILLIS);
    }
  }

  private void play(Act act) {
    Device device = world.device(act.device());
    if (act.doing() instanceof Act.Request request) {
      coverage.count("client " + request.with());
      coverage.count("client " + request.temper());
      ask(act, device, request);
    } else if (act.doing() instanceof Act.Repeat repeat) {
      Ask ask = asks.get(repeat.number());
      if (ask != null && ask.isOver() && !isStaleCreation(repeat.number(), ask)) {
        coverage.count("client REPEAT");
        ask.send(act.pop());
      }
    } else if (act.doing() instanceof Act.Carry carry) {
      coverage.count("client CARRY");
      device.carry(world.device(carry.from()).hint());
    }
  }

  /**
   * The birth POP remembers a session for as long as it may live at most, and a little longer. A
   * creation that is repeated later than that makes the session anew, and no client repeats one so
   * late.
   */
  private boolean isStaleCreation(int number, Ask ask) {
    long ageMillis = world.nowMillis() - askedAtMillis.getOrDefault(number, 0L);
    long livesMillis = world.settings().namespace().absoluteMillisDefault();
    return ask.hint().isEmpty() && ageMillis > livesMillis + REPEATED_AT_LATEST_MILLIS;
  }

  private void ask(Act act, Device device, Act.Request request) {
    List<Hint> received = device.received();
    Optional<Hint> hint =
        switch (request.with()) {
          case CURRENT, FORGED -> device.hint();
          case NONE -> Optional.empty();
          case FIRST -> received.stream().findFirst();
          case FORMER ->
              received.isEmpty()
                  ? Optional.empty()
                  : Optional.of(received.get(Math.max(0, received.size() - 2)));
        };
    boolean forged = request.with() == Act.Credential.FORGED && hint.isPresent();
    ImmutableList<Operation> operations =
        Operations.parse(new ArrayList<>(List.of(request.operations().split(" "))));
    askedAtMillis.put(act.number(), world.nowMillis());
    asks.put(
        act.number(),
        device.ask(
            act.pop(),
            request.temper().patience(),
            hint,
            forged ? Credential.FORGED : Credential.GENUINE,
            operations));
  }
}
