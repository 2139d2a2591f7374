package dev.sojourn.sim.world;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.sim.check.Invariant;
import dev.sojourn.sim.check.Observation;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * POPs, the network between them, clients, and the time that they share: one seed, one result.
 *
 * <p>Every invariant is shown everything that clients and disks see, as it happens, so a run stops
 * at the very event that breaks one.
 */
public final class World {
  public static final Namespace NAMESPACE = new Namespace("shop");

  /** What the wall clocks of all POPs show, about, when a run starts. */
  private static final long WALL_CLOCK_MILLIS = 1_800_000_000_000L;

  private static final int EVENTS_MAX = 2_000_000;

  public static final long NEVER = Long.MAX_VALUE;

  private final WorldSettings settings;
  private final Faults faults;
  private final List<Invariant> invariants;
  private final Spectator spectator;
  private final EventQueue queue = new EventQueue();
  private final Trace trace;
  private final Map<PopId, Pop> pops = new TreeMap<>();
  private final Network network;
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final Map<PopId, Map<Step, Integer>> steps = new TreeMap<>();
  private final List<String> alarms = new ArrayList<>();
  private Release newest = Release.PRESENT;
  private Optional<PolicyInForce> newestPolicy = Optional.empty();
  private boolean faulty = true;
  private long boundaries;

  public World(WorldSettings settings, Faults faults, List<Invariant> invariants) {
    this(settings, faults, invariants, Spectator.NONE);
  }

  /** With somebody who counts. */
  public World(
      WorldSettings settings, Faults faults, List<Invariant> invariants, Spectator spectator) {
    this.settings = settings;
    this.faults = faults;
    this.invariants = List.copyOf(invariants);
    this.spectator = spectator;
    this.trace = new Trace(settings.traced());
    this.network = new Network(this, settings);
    for (PopId id : settings.pops()) {
      pops.put(id, new Pop(this, id, WALL_CLOCK_MILLIS + skewMillis(id)));
      steps.put(id, new EnumMap<>(Step.class));
    }
    pops.values().forEach(Pop::start);
  }

  private long skewMillis(PopId pop) {
    long max = settings.clockSkewMillisMax();
    SeededRandom random = SeededRandom.named(settings.seed(), "clock of " + pop);
    return max == 0 ? 0 : random.below((int) (2 * max) + 1) - max;
  }

  public WorldSettings settings() {
    return settings;
  }

  public Network network() {
    return network;
  }

  public Trace trace() {
    return trace;
  }

  public long nowMillis() {
    return queue.nowMillis();
  }

  public Pop pop(PopId id) {
    Pop pop = pops.get(id);
    if (pop == null) {
      throw new ProtocolBroken("there is no POP `" + id + "`");
    }
    return pop;
  }

  /** The client of that name; made when first asked for. */
  public Device device(String name) {
    return devices.computeIfAbsent(name, each -> new Device(this, each));
  }

  public List<Device> devices() {
    return List.copyOf(devices.values());
  }

  /** How often the core of that POP counted that step. */
  public int count(PopId pop, Step step) {
    return steps.getOrDefault(pop, Map.of()).getOrDefault(step, 0);
  }

  /** What operators were told of, as {@code POP KIND}. */
  public List<String> alarms() {
    return List.copyOf(alarms);
  }

  /** What is durable at each POP. */
  public Map<PopId, Map<KeyHash, SessionRecord>> disks() {
    Map<PopId, Map<KeyHash, SessionRecord>> all = new TreeMap<>();
    for (Pop pop : pops.values()) {
      Map<KeyHash, SessionRecord> records = new TreeMap<>();
      pop.disk().durable().forEach((key, stored) -> records.put(key, stored.record()));
      all.put(pop.id(), records);
    }
    return all;
  }

  /** Lets virtual time pass. */
  public void run(long millis) {
    queue.runUntil(nowMillis() + millis);
  }

  public void crash(Crash crash) {
    Pop victim = pop(crash.victim());
    victim.crash(crash.kept());
    if (crash.downMillis() != Crash.UNTIL_HEALED) {
      after(crash.downMillis(), () -> start(crash.victim()));
    }
  }

  /** Stops a POP in good order. */
  public void stop(PopId pop) {
    pop(pop).stop();
  }

  /** Stops a POP in good order, and starts it again after so long. */
  public void restart(PopId pop, long downMillis) {
    stop(pop);
    after(downMillis, () -> start(pop));
  }

  /** A POP dies, and comes back with an empty disk. */
  public void loseDisk(PopId pop, long downMillis) {
    spectator.befell("disk lost");
    crash(new Crash(pop, Crash.Kept.NOTHING, downMillis));
    note(pop + " has an empty disk");
    pop(pop).loseDisk();
  }

  /** A POP dies, and comes back with an old copy of its disk. */
  public void putBackDisk(PopId pop, Disk.Copy copy, long downMillis) {
    spectator.befell("disk put back");
    crash(new Crash(pop, Crash.Kept.NOTHING, downMillis));
    note(pop + " has an old copy of its disk");
    pop(pop).putBackDisk(copy);
  }

  /**
   * A POP is started again and cannot read one record of its disk.
   *
   * @param choice picks the record; any number does
   * @param mendedAfterMillis when it can be read again; {@link #NEVER} for not in this run
   */
  public void damageRecord(PopId pop, long choice, long mendedAfterMillis) {
    crash(new Crash(pop, Crash.Kept.EVERYTHING, 500));
    Optional<KeyHash> key = pop(pop).reading().damage(choice);
    if (key.isPresent()) {
      spectator.befell("record damaged");
      note(pop + " cannot read a record any more");
      if (mendedAfterMillis != NEVER) {
        after(mendedAfterMillis, () -> mend(pop, key.get()));
      }
    }
  }

  /** A POP ends in good order, and is started again with another release. */
  public void install(PopId pop, Release release, long downMillis) {
    restart(pop, downMillis);
    if (!pop(pop).isUp()) {
      note(pop + " has the release " + release);
      newest = release.compareTo(newest) > 0 ? release : newest;
      pop(pop).reading().install(release);
    }
  }

  /** A POP decides by another policy from now on, which in the end all do. */
  public void obey(PopId pop, PolicyInForce policy) {
    newestPolicy = Optional.of(policy);
    boolean isOther = pop(pop).policy().filter(own -> own.rules().equals(policy.rules())).isEmpty();
    if (isOther) {
      note(pop + " obeys policy " + policy.rules().version());
      pop(pop).setPolicy(policy);
      invariants.forEach(invariant -> invariant.obeys(pop, policy));
    }
  }

  private void mend(PopId pop, KeyHash key) {
    note(pop + " can read it again");
    pop(pop).mend(key);
  }

  public void start(PopId pop) {
    if (!pop(pop).isUp()) {
      note("start of " + pop);
      pop(pop).start();
    }
  }

  /** No more faults: every POP is up, nothing is held, and the network is whole. */
  public void heal() {
    faulty = false;
    note("healed");
    network.heal();
    pops.values().forEach(pop -> pop.setWritable(true));
    // A policy is rolled out to the end: POPs that disagree for ever would keep sessions apart.
    newestPolicy.ifPresent(policy -> settings.pops().forEach(pop -> obey(pop, policy)));
    // A release is rolled out to the end, or else nothing could read what it has written.
    for (PopId pop : settings.pops()) {
      if (pop(pop).reading().release() != newest) {
        install(pop, newest, 1);
      }
    }
    settings.pops().forEach(this::start);
  }

  /** Whether faults are over. */
  public boolean isHealed() {
    return !faulty;
  }

  Spectator spectator() {
    return spectator;
  }

  /** Shows the invariants a world where everything that had to be said was said. */
  public void verifyAtRest() {
    Map<PopId, Map<KeyHash, SessionRecord>> disks = disks();
    invariants.forEach(invariant -> invariant.atRest(disks));
  }

  /** Lets something happen then; what has passed means now. */
  public void after(long millis, Runnable action) {
    at(nowMillis() + millis, action);
  }

  void at(long atMillis, Runnable action) {
    if (queue.happened() > EVENTS_MAX) {
      throw new ProtocolBroken("more than " + EVENTS_MAX + " events: the protocol chases its tail");
    }
    queue.at(atMillis, action);
  }

  Faults faults() {
    return faulty ? faults : Faults.NONE;
  }

  /** A POP stands between two effects: here it may die, or another one. */
  void reached(PopId pop, Boundary.Moment moment, String what) {
    Boundary boundary = new Boundary(boundaries++, pop, moment, what);
    faults()
        .crashAt(boundary)
        .ifPresent(
            crash -> {
              spectator.befell("crash " + moment + " keeping " + crash.kept());
              crash(crash);
            });
  }

  void stored(PopId pop, KeyHash key, Optional<SessionRecord> record) {
    if (trace.isKept()) {
      String state = record.map(Describe::record).orElse("nothing");
      trace.add(nowMillis(), pop + " has durably " + state, record);
    }
    observe(new Observation.Stored(nowMillis(), pop, key, record));
  }

  void undone(PopId pop, Disk.Undone undone) {
    note("the disk of " + pop + " has lost " + undone);
    observe(
        new Observation.Undone(
            nowMillis(),
            pop,
            undone.key(),
            undone.epoch(),
            undone.keptVersion(),
            undone.lostVersion()));
  }

  void replaced(PopId pop, KeyHash key, Optional<SessionRecord> record, int store, boolean anew) {
    observe(new Observation.Replaced(nowMillis(), pop, key, record, store, anew));
  }

  void started(PopId pop, long localMillis, Release release) {
    invariants.forEach(
        invariant -> invariant.started(nowMillis(), pop, localMillis, release.recordFormat()));
  }

  void observe(Observation observation) {
    invariants.forEach(invariant -> invariant.observe(observation));
  }

  void decided(Pop pop, Event event, Effects effects) {
    for (Invariant invariant : invariants) {
      invariant.decided(pop.id(), pop.localMillis(), pop.policy(), event, effects);
    }
  }

  void alarm(PopId pop, Effect.Alarm alarm) {
    alarms.add(pop + " " + alarm.kind());
    note(pop + " raises the alarm: " + alarm.kind());
    observe(new Observation.Alarmed(nowMillis(), pop, alarm.key(), alarm.kind()));
  }

  void counted(PopId pop, Step step) {
    steps.getOrDefault(pop, new EnumMap<>(Step.class)).merge(step, 1, Integer::sum);
  }

  void note(String line) {
    if (trace.isKept()) {
      trace.add(nowMillis(), line, "");
    }
  }

  void said(Sent sent, KeyHash key) {
    note(sent, key);
    observe(new Observation.Said(nowMillis(), sent.from(), sent.to(), key, sent.message()));
  }

  private void note(Sent sent, KeyHash key) {
    if (trace.isKept()) {
      String line = sent.from() + " -> " + sent.to() + "  " + Describe.message(sent.message());
      trace.add(nowMillis(), line + "  (message " + sent.index() + ")", sent + key.toString());
    }
  }

  void note(PopId pop, Event event) {
    if (trace.isKept()) {
      trace.add(nowMillis(), pop + " <- " + Describe.event(event), event);
    }
  }

  void note(PopId pop, Commit commit) {
    if (trace.isKept()) {
      List<String> records = new ArrayList<>();
      for (RecordWrite write : commit.writes()) {
        records.add(write.record().map(Describe::record).orElse("nothing"));
      }
      String line = pop + " writes " + (commit.synced() ? "" : "lazily ") + records;
      trace.add(nowMillis(), line + "  (commit " + commit.seq() + ")", commit);
    }
  }
}
