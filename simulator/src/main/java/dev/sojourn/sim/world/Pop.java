package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.CoreSettings;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.effect.TimerId;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.sim.world.Boundary.Moment;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One POP: its disk, its clock, and the core in between, driven exactly as a node's shell drives
 * it. It may die between any two effects; everything but the disk is gone then.
 */
public final class Pop {
  private static final long LOAD_MILLIS = 1;

  /** Until a commit that asks for no sync has been handed to the disk. */
  private static final long WRITE_MILLIS = 1;

  private final World world;
  private final PopId id;
  private final Clock clock;
  private final Disk disk;
  private final Reading reading;
  private final HomeWatch homes;

  private Optional<Core> core = Optional.empty();
  private long life;
  private int stores = 1;
  private final Map<PopId, Integer> peerStores = new LinkedHashMap<>();
  private final Set<KeyHash> everHeld = new TreeSet<>();
  private long lastToken;
  private final Map<Long, Consumer<Optional<Reply>>> calls = new LinkedHashMap<>();
  private final Map<TimerId, Long> timers = new LinkedHashMap<>();
  private long timerSettings;
  private Optional<PolicyInForce> policy;
  private final Sweep sweep;
  private boolean writable = true;
  private boolean draining;
  private long stalledUntilMillis;

  /** When the latest commit is done: none is done before an earlier one. */
  private long lastDoneMillis;

  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** Effects that wait until every synced commit up to {@code seq} is durable. */
  private record Waiting(long seq, ImmutableList<Effect> effects) {}

  Pop(World world, PopId id, long clockMillis) {
    this.world = world;
    this.id = id;
    this.clock = new Clock(clockMillis);
    this.policy = world.settings().law().policy();
    this.disk =
        new Disk(
            world.settings().namespace().durability() == Durability.ASYNC,
            this::stored,
            undone -> world.undone(this.id, undone));
    this.disk.remember(
        HomeMemory.established(
            world.settings().pops().stream().filter(each -> !each.equals(id)).toList()));
    this.homes = new HomeWatch(world, this);
    this.reading = new Reading(world, id, disk);
    this.sweep = new Sweep(world, this);
  }

  public PopId id() {
    return id;
  }

  public Disk disk() {
    return disk;
  }

  public boolean isUp() {
    return core.isPresent();
  }

  /** Which life of the process this is: grows at each start and at each crash. */
  long life() {
    return life;
  }

  /** What this POP's clock shows. */
  long localMillis() {
    return clock.localMillis(world.nowMillis());
  }

  void start() {
    if (isUp()) {
      return;
    }
    life++;
    clock.restart();
    draining = false;
    world.started(id, localMillis(), reading.release());
    SeededRandom random = SeededRandom.named(world.settings().seed(), id + " life " + life);
    CoreSettings standard =
        CoreSettings.of(id, ImmutableMap.of(World.NAMESPACE, world.settings().namespace()));
    CoreSettings settings =
        new CoreSettings(
            id,
            standard.namespaces(),
            standard.clockErrorMillis(),
            standard.retryFirstMillis(),
            standard.retryMaxMillis(),
            disk.begin(),
            policy,
            world.settings().hotBytesMax());
    core = Optional.of(reading.release().of(id, world.settings().maker().make(settings, random)));
    disk.written().forEach((key, stored) -> plan(key, stored.dueAtMillis()));
    if (!writable) {
      handle(new Event.StorageSpaceChanged(false));
    }
    homes.begin();
    sweep.resume();
  }

  /** A stream to another POP is up, which has said what store it has. */
  void connected(PopId peer) {
    handle(new Event.PeerConnected(peer, world.pop(peer).reading.release().recordFormat()));
    if (isUp()) {
      peerStores.put(peer, world.pop(peer).store());
      homes.connected(peer, world.pop(peer).store());
    }
  }

  void received(PopId from, KeyHash key, PeerMessage message) {
    if (reading.canRead(message)) {
      handle(new Event.MessageReceived(from, key, message));
    } else {
      world.note(id + " cannot read " + Describe.message(message));
    }
  }

  /** Which of its stores it has, counted from 1: another one after a disk was lost. */
  int store() {
    return disk.homes().own();
  }

  /** The id of a POP's store as this one knows it: a node calls its peers when it starts. */
  Bytes storeIdOf(PopId pop) {
    return Keys.storeId(pop.equals(id) ? store() : peerStores.getOrDefault(pop, 1));
  }

  void announcesDone(PopId peer, int store) {
    homes.announcesDone(peer, store);
  }

  /** What it can read, and by which release. */
  Reading reading() {
    return reading;
  }

  /** A record of its disk that had rotted can be read again. */
  void mend(KeyHash key) {
    if (reading.mend(key)) {
      Optional.ofNullable(disk.written().get(key))
          .ifPresent(stored -> plan(key, stored.dueAtMillis()));
    }
  }

  private void stored(KeyHash key, Optional<SessionRecord> record) {
    everHeld.add(key);
    world.stored(id, key, record);
  }

  /** While the process is down: an empty disk in place of this one. */
  void loseDisk() {
    replaceDisk(Disk.Copy.ofNewStore(++stores), true);
  }

  /** While the process is down: an old copy of this disk in place of it. */
  void putBackDisk(Disk.Copy copy) {
    replaceDisk(copy, false);
  }

  private void replaceDisk(Disk.Copy other, boolean anew) {
    disk.replaceBy(other);
    for (KeyHash key : everHeld) {
      world.replaced(id, key, disk.read(key), store(), anew);
    }
  }

  /** Lets the clock gain so many microseconds each second. */
  public void driftClock(long ppm) {
    clock.drift(ppm);
  }

  /** Sets the clock by so much; the process notices at its next start. */
  public void setClock(long byMillis) {
    clock.set(byMillis);
  }

  /** How late what it stored with an instant of its own may be, because its clock was set back. */
  long clockBehindMillis() {
    return clock.behindMillis();
  }

  /** Tells the core, in this life and the next ones, whether the disk has room. */
  public void setWritable(boolean nowWritable) {
    if (writable != nowWritable) {
      writable = nowWritable;
      handle(new Event.StorageSpaceChanged(nowWritable));
    }
  }

  /** Decides by another policy from now on, in this life and the next ones. */
  void setPolicy(PolicyInForce other) {
    policy = Optional.of(other.since(localMillis()));
    handle(new Event.PolicyChanged(policy));
    sweep.begin();
  }

  Optional<PolicyInForce> policy() {
    return policy;
  }

  /** Lets it take in no session until it is started again. */
  public void drain() {
    draining = isUp();
    handle(new Event.DrainStarted());
  }

  boolean isDraining() {
    return draining;
  }

  /** Lets no sync end for so long. */
  public void stallDisk(long millis) {
    stalledUntilMillis = Math.max(stalledUntilMillis, world.nowMillis() + millis);
  }

  void crash(Crash.Kept kept) {
    if (isUp()) {
      world.note("crash of " + id + ", keeping " + kept);
      disk.crash(kept);
      die();
    }
  }

  /** Ends the process in good order. */
  void stop() {
    if (isUp()) {
      world.note("orderly end of " + id);
      disk.end();
      die();
    }
  }

  private void die() {
    life++;
    core = Optional.empty();
    timers.clear();
    waiting.clear();
    lastDoneMillis = 0;
    List<Consumer<Optional<Reply>>> cut = new ArrayList<>(calls.values());
    calls.clear();
    world.network().popCrashed(id);
    for (Consumer<Optional<Reply>> call : cut) {
      world.after(1, () -> call.accept(Optional.empty()));
    }
  }

  /**
   * A client's call.
   *
   * @param then given the reply, or nothing when the connection broke; not called if the POP takes
   *     longer than the client waits
   */
  void execute(
      KeyHash key, SessionRequest request, long timeoutMillis, Consumer<Optional<Reply>> then) {
    if (!isUp()) {
      world.after(1, () -> then.accept(Optional.empty()));
      return;
    }
    long token = ++lastToken;
    calls.put(token, then);
    handle(new Event.ExecuteRequested(token, key, request, localMillis() + timeoutMillis));
  }

  /** Lets the core take in one event and does what it orders. Does nothing while down. */
  public void handle(Event event) {
    if (core.isEmpty()) {
      return;
    }
    world.note(id, event);
    long thisLife = life;
    Optional<SessionRecord> before = Events.keyOf(event).flatMap(disk::read);
    Effects effects = core.get().handle(localMillis(), event);
    world.spectator().handled(id, before, event, effects);
    world.decided(this, event, effects);
    effects.commit().ifPresent(disk::expect);
    if (!performAll(effects.now(), thisLife)) {
      return;
    }
    if (effects.commit().isPresent() && !submit(effects.commit().get(), thisLife)) {
      return;
    }
    if (!effects.afterCommit().isEmpty()) {
      await(new Waiting(effects.afterCommitSeq(), effects.afterCommit()), thisLife);
    }
  }

  private boolean performAll(ImmutableList<Effect> effects, long thisLife) {
    for (Effect effect : effects) {
      if (!survives(Moment.BEFORE_EFFECT, Describe.effect(effect), thisLife)) {
        return false;
      }
      perform(effect);
    }
    return true;
  }

  private boolean survives(Moment moment, String what, long thisLife) {
    world.reached(id, moment, what);
    return life == thisLife;
  }

  private boolean submit(Commit commit, long thisLife) {
    String what = Describe.commit(commit);
    if (!survives(Moment.BEFORE_SUBMIT, what, thisLife)) {
      return false;
    }
    world.note(id, commit);
    disk.submit(commit);
    for (RecordWrite write : commit.writes()) {
      plan(write.key(), write.dueAtMillis());
    }
    long millis = commit.synced() ? world.settings().diskMillis() : WRITE_MILLIS;
    long doneMillis = Math.max(world.nowMillis() + millis, stalledUntilMillis);
    lastDoneMillis = Math.max(lastDoneMillis, doneMillis);
    world.at(lastDoneMillis, () -> done(commit, thisLife));
    if (!commit.synced()) {
      long syncMillis =
          Math.max(world.nowMillis() + world.settings().syncIntervalMillis(), stalledUntilMillis);
      world.at(syncMillis, () -> sync(commit, thisLife));
    }
    return survives(Moment.BEFORE_SYNC, what, thisLife);
  }

  private void sync(Commit commit, long thisLife) {
    if (life == thisLife) {
      disk.syncedThrough(commit.seq());
    }
  }

  private void done(Commit commit, long thisLife) {
    if (life != thisLife) {
      return;
    }
    if (commit.synced()) {
      disk.syncedThrough(commit.seq());
      if (!survives(Moment.AFTER_SYNC, Describe.commit(commit), thisLife)) {
        return;
      }
    }
    Event told = new Event.Committed(commit.seq());
    if (world.settings().committedFirst()) {
      handle(told);
      performReady(thisLife);
    } else if (performReady(thisLife)) {
      handle(told);
    }
    if (commit.synced() && life == thisLife) {
      world.reached(id, Moment.AFTER_EFFECTS, Describe.commit(commit));
    }
  }

  private void await(Waiting effects, long thisLife) {
    if (disk.isSyncPending(effects.seq())) {
      waiting.add(effects);
    } else {
      performAll(effects.effects(), thisLife);
    }
  }

  private boolean performReady(long thisLife) {
    List<Waiting> ready = new ArrayList<>();
    for (Waiting each : waiting) {
      if (!disk.isSyncPending(each.seq())) {
        ready.add(each);
      }
    }
    waiting.removeAll(ready);
    for (Waiting each : ready) {
      if (!performAll(each.effects(), thisLife)) {
        return false;
      }
    }
    return true;
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Load load) {
      load(load.key());
    } else if (effect instanceof Effect.Send send) {
      world.network().send(id, send.to(), send.key(), send.message());
    } else if (effect instanceof Effect.Answer answer) {
      answer(answer);
    } else if (effect instanceof Effect.SetTimer set) {
      setTimer(set);
    } else if (effect instanceof Effect.CancelTimer cancel) {
      timers.remove(cancel.timer());
    } else if (effect instanceof Effect.Alarm alarm) {
      world.alarm(id, alarm);
    } else if (effect instanceof Effect.Count count) {
      world.counted(id, count.step());
    } else {
      throw new ProtocolBroken("an effect that this shell does not know: " + effect);
    }
  }

  private void load(KeyHash key) {
    long thisLife = life;
    world.after(
        LOAD_MILLIS,
        () -> {
          if (life == thisLife) {
            handle(
                reading.canRead(key)
                    ? new Event.RecordLoaded(key, disk.read(key))
                    : new Event.LoadFailed(key));
          }
        });
  }

  private void answer(Effect.Answer answer) {
    Consumer<Optional<Reply>> call = calls.remove(answer.token());
    if (call == null) {
      throw new ProtocolBroken("token " + answer.token() + " was answered twice, or never given");
    }
    world.after(1, () -> call.accept(Optional.of(answer.reply())));
  }

  private void setTimer(Effect.SetTimer set) {
    long setting = ++timerSettings;
    timers.put(set.timer(), setting);
    world.at(
        clock.worldMillis(set.atMillis()),
        () -> {
          if (timers.remove(set.timer(), setting)) {
            handle(new Event.TimerFired(set.timer()));
          }
        });
  }

  /** Plans to tell the core of a record's due time; the plan is void if the record has changed. */
  private void plan(KeyHash key, long dueAtMillis) {
    if (dueAtMillis == Long.MAX_VALUE) {
      return;
    }
    long thisLife = life;
    world.at(
        clock.worldMillis(dueAtMillis),
        () -> {
          Disk.Stored stored = disk.written().get(key);
          if (life == thisLife && stored != null && stored.dueAtMillis() <= localMillis()) {
            handle(new Event.RecordDue(key));
          }
        });
  }
}
