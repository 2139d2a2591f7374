package dev.sojourn.sim.own;

import dev.sojourn.core.effect.Step;
import dev.sojourn.sim.promise.Promise;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.tally.Acts;
import dev.sojourn.sim.tally.Latencies;
import dev.sojourn.sim.tally.Routes;
import dev.sojourn.sim.tally.Tally;

/** What ours did, beyond what is counted of every strategy. Not thread-safe. */
public final class OwnTally {
  private final long lengthMillis;
  private final Tally tally;
  private final Latencies bound = new Latencies();
  private final Routes handOffs;
  private final Routes refusals;
  private final Acts acts = new Acts();
  private final long[] steps = new long[Step.values().length];
  private long[] checks = new long[Promise.values().length];
  private long beyondBound;
  private long events;
  private long cores;

  public OwnTally(Scenario scenario) {
    lengthMillis = scenario.lengthMillis();
    tally = new Tally(lengthMillis);
    handOffs = new Routes(scenario.sites().size());
    refusals = new Routes(scenario.sites().size());
  }

  void answered(long atMillis, long micros, boolean isLocal, long boundMicros) {
    tally.answered(atMillis, micros, isLocal);
    bound.add(boundMicros);
    if (micros > boundMicros) {
      beyondBound++;
    }
  }

  void failed(long atMillis, int pop, int place) {
    tally.failed(atMillis);
    if (pop != place) {
      refusals.add(Tally.slice(atMillis, lengthMillis), pop, place);
    }
  }

  void handedOff(long atMillis, int from, int to) {
    handOffs.add(Tally.slice(atMillis, lengthMillis), from, to);
  }

  void sent(long atMillis, long bytes) {
    tally.sent(atMillis, bytes);
  }

  void counted(Step step) {
    steps[step.ordinal()]++;
  }

  void finish(long[] checksMade, long eventsHappened, long coresMade) {
    checks = checksMade;
    events = eventsHappened;
    cores = coresMade;
  }

  /** Puts another partition's to it. */
  public void add(OwnTally other) {
    tally.add(other.tally);
    bound.add(other.bound);
    handOffs.add(other.handOffs);
    refusals.add(other.refusals);
    acts.add(other.acts);
    for (int i = 0; i < steps.length; i++) {
      steps[i] += other.steps[i];
    }
    for (int i = 0; i < checks.length; i++) {
      checks[i] += other.checks[i];
    }
    beyondBound += other.beyondBound;
    events += other.events;
    cores += other.cores;
  }

  public Tally tally() {
    return tally;
  }

  /** For each answered request, one round trip to where the session was, and a millisecond. */
  public Latencies bound() {
    return bound;
  }

  /** Requests that took longer than that. */
  public long beyondBound() {
    return beyondBound;
  }

  public Routes handOffs() {
    return handOffs;
  }

  /** What the POPs' ledgers say; nothing without a policy. */
  public Acts acts() {
    return acts;
  }

  /** Requests that were not answered, from where they came in to where the session was. */
  public Routes refusals() {
    return refusals;
  }

  public long count(Step step) {
    return steps[step.ordinal()];
  }

  public long checks(Promise promise) {
    return checks[promise.ordinal()];
  }

  /** Adds to the checks of a promise that is not about one event. */
  public void checked(Promise promise, long times) {
    checks[promise.ordinal()] += times;
  }

  public long events() {
    return events;
  }

  /** How many cores were made, all partitions together. */
  public long cores() {
    return cores;
  }
}
