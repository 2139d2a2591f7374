package dev.sojourn.sim.own;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.CoreSettings;
import dev.sojourn.core.Life;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.SessionProtocol;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.event.Event;
import dev.sojourn.sim.chance.Draws;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One POP: the core, and what of its shell is not the world's. Its commits are done in order, each
 * after what a sync takes. Not thread-safe.
 */
final class Node {
  private static final long LAZY_MICROS = 10;

  private final int pop;
  private final PopId id;
  private final World world;
  private final ImmutableMap<Namespace, NamespaceSettings> namespaces;
  private final Optional<PolicyInForce> policy;
  private final long seed;
  private final BitSet connected = new BitSet();
  private final Map<Integer, Long> lastArrivals = new HashMap<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  private @Nullable SessionProtocol core;
  private int lives;
  private int streams;
  private long lastDoneMicros;
  private long doneSeq;

  private record Waiting(long seq, ImmutableList<Effect> effects) {}

  /** What is outside a POP. */
  interface World {
    long nowMicros();

    /** A POP's clock: all show the same here. */
    long wallMillis();

    void after(long micros, Runnable action);

    long syncMicros();

    /** Whether messages may overtake each other, if nobody sees to it. */
    boolean isLateByChance();

    void perform(Node node, Effect effect);

    void stored(Node node, Commit commit);
  }

  Node(
      int pop,
      PopId id,
      World world,
      ImmutableMap<Namespace, NamespaceSettings> namespaces,
      Optional<PolicyInForce> policy,
      long seed) {
    this.pop = pop;
    this.id = id;
    this.world = world;
    this.namespaces = namespaces;
    this.policy = policy;
    this.seed = seed;
    start();
  }

  int pop() {
    return pop;
  }

  PopId id() {
    return id;
  }

  boolean isUp() {
    return core != null;
  }

  /** Which life of the process this is. */
  int life() {
    return lives;
  }

  /** Grows whenever its streams break: what was sent on one of them does not arrive then. */
  int streams() {
    return streams;
  }

  void start() {
    lives++;
    CoreSettings standard = CoreSettings.of(id, namespaces);
    // Every life but the first follows a crash.
    CoreSettings settings =
        new CoreSettings(
            id,
            standard.namespaces(),
            standard.clockErrorMillis(),
            standard.retryFirstMillis(),
            standard.retryMaxMillis(),
            new Life(Life.FIRST.store(), lives, lives),
            policy,
            standard.hotBytesMax());
    core = new SessionProtocol(settings, new DrawnBytes(new Draws(seed, 31L * pop + lives)));
    doneSeq = 0;
    lastDoneMicros = 0;
  }

  /** The process dies; what it had not synced is gone. */
  void crash() {
    core = null;
    lives++;
    waiting.clear();
    breakStreams();
  }

  void breakStreams() {
    streams++;
    connected.clear();
    lastArrivals.clear();
  }

  /** A stream keeps its order: what is late holds up what was sent after it. */
  long inOrder(Node other, long micros) {
    if (!world.isLateByChance()) {
      return micros;
    }
    long arrives = Math.max(world.nowMicros() + micros, lastArrivals.getOrDefault(other.pop, 0L));
    lastArrivals.put(other.pop, arrives);
    return arrives - world.nowMicros();
  }

  boolean isConnected(Node other) {
    return connected.get(other.pop);
  }

  void connect(Node other, int recordFormat) {
    connected.set(other.pop);
    handle(new Event.PeerConnected(other.id, recordFormat));
  }

  int[] peers() {
    return connected.stream().toArray();
  }

  void disconnect(Node other) {
    connected.clear(other.pop);
    handle(new Event.PeerDisconnected(other.id));
  }

  void handle(Event event) {
    if (core == null) {
      return;
    }
    Effects effects = core.handle(world.wallMillis(), event);
    perform(effects.now());
    if (effects.commit().isPresent()) {
      submit(effects.commit().get());
    }
    if (!effects.afterCommit().isEmpty()) {
      if (effects.afterCommitSeq() <= doneSeq) {
        perform(effects.afterCommit());
      } else {
        waiting.add(new Waiting(effects.afterCommitSeq(), effects.afterCommit()));
      }
    }
  }

  private void submit(Commit commit) {
    long micros = commit.synced() ? world.syncMicros() : LAZY_MICROS;
    lastDoneMicros = Math.max(lastDoneMicros, world.nowMicros() + micros);
    int thisLife = lives;
    world.after(
        lastDoneMicros - world.nowMicros(),
        () -> {
          if (lives == thisLife) {
            done(commit);
          }
        });
  }

  private void done(Commit commit) {
    doneSeq = commit.seq();
    world.stored(this, commit);
    handle(new Event.Committed(commit.seq()));
    Iterator<Waiting> each = waiting.iterator();
    // Few wait at a time: what is asked for within one sync.
    Waiting[] ready = new Waiting[waiting.size()];
    int count = 0;
    while (each.hasNext()) {
      Waiting next = each.next();
      if (next.seq() <= doneSeq) {
        each.remove();
        ready[count++] = next;
      }
    }
    for (Waiting one : Arrays.asList(ready).subList(0, count)) {
      perform(one.effects());
    }
  }

  private void perform(ImmutableList<Effect> effects) {
    for (Effect effect : effects) {
      world.perform(this, effect);
    }
  }
}
