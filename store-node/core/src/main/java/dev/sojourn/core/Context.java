package dev.sojourn.core;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RandomSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every step of the protocol shares: who we are, whom we can reach, and the turn under way.
 */
final class Context {
  final CoreSettings settings;
  final Slots slots;

  /** Sessions with a question to another POP under way. */
  final Set<Slot> pulling = new LinkedHashSet<>();

  /** Sessions with a question to a custodian under way. */
  final Set<Slot> visiting = new LinkedHashSet<>();

  /** Sessions where requests wait for a commit. */
  final Set<Slot> barred = new LinkedHashSet<>();

  ImmutableMap<Namespace, NamespaceSettings> namespaces;
  Optional<PolicyInForce> policy;
  boolean writable = true;
  boolean draining;
  boolean directoryWhole = true;

  /** Every commit up to this one is done. */
  long doneSeq;

  /** So many commits may be under way before writes that need not wait for the disk do. */
  static final long BEHIND_MAX = 1_024;

  private final RandomSource random;
  private final Map<PopId, Integer> connected = new LinkedHashMap<>();
  private long lastSeq;
  private long lastTag;
  private long lastStamp;
  private Turn turn;

  Context(CoreSettings settings, RandomSource random) {
    this.settings = settings;
    this.random = random;
    this.namespaces = settings.namespaces();
    this.policy = settings.policy();
    this.turn = new Turn(0, 0, 0, new Ledger(settings.self(), settings.policy(), 0));
    this.slots = new Slots(settings.hotBytesMax(), pulling::remove);
  }

  void begin(long nowMillis) {
    Ledger ledger = new Ledger(settings.self(), policy, nowMillis);
    turn = new Turn(nowMillis, lastSeq + 1, doneSeq, ledger);
  }

  void end() {
    if (turn.makesCommit()) {
      lastSeq = turn.seq;
    }
  }

  void done(long throughSeq) {
    doneSeq = Math.max(doneSeq, throughSeq);
    turn.done(throughSeq);
  }

  Turn turn() {
    return turn;
  }

  long now() {
    return turn.nowMillis;
  }

  PopId self() {
    return settings.self();
  }

  boolean isSelf(PopId pop) {
    return settings.self().equals(pop);
  }

  NamespaceSettings namespace(Namespace name) {
    NamespaceSettings found = namespaces.get(name);
    return found != null ? found : NamespaceSettings.defaults();
  }

  /** What an owner's record of that namespace is marked with; see {@link Owned#looseIn}. */
  long looseIn(Namespace name) {
    boolean mayLose = namespace(name).durability() == NamespaceSettings.Durability.ASYNC;
    return mayLose ? settings.life().incarnation() : 0;
  }

  /** Whether the disk takes longer over what it was given than any answer should run ahead. */
  boolean isBehind() {
    return lastSeq - doneSeq >= BEHIND_MAX;
  }

  /** The longest that any session may live. */
  long absoluteMillisMax() {
    long max = NamespaceSettings.defaults().absoluteMillisMax();
    for (NamespaceSettings each : namespaces.values()) {
      max = Math.max(max, each.absoluteMillisMax());
    }
    return max;
  }

  /** Whether a session could be taken in just now. */
  boolean mayTake() {
    return writable && !draining;
  }

  void connected(PopId pop, int recordFormat) {
    connected.put(pop, recordFormat);
  }

  void disconnected(PopId pop) {
    connected.remove(pop);
  }

  boolean isConnected(PopId pop) {
    return connected.containsKey(pop);
  }

  void send(PopId to, KeyHash key, PeerMessage message) {
    turn.now(new Effect.Send(to, key, message));
  }

  void count(Step step) {
    turn.now(new Effect.Count(step));
  }

  Nonce freshNonce() {
    return new Nonce(random.nextBytes(Nonce.LENGTH));
  }

  /** Above every stamp that this POP gave at that epoch, in this life or an earlier one. */
  Stamp freshStamp(Epoch epoch) {
    return new Stamp(epoch, settings.life().incarnation(), ++lastStamp);
  }

  long freshTag() {
    return ++lastTag;
  }
}
