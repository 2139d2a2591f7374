package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.LonePop.Sent;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.SessionKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Three POPs and one session of whose fields {@code name} may rest at `a` and `c` alone, and
 * everything else anywhere. Its messages are carried by the test.
 */
final class SplitPops {
  static final KeyHash KEY = Say.key(1);
  static final SessionKey SESSION = new SessionKey(Say.NAMESPACE, Say.id("a", 1));

  private static final String POLICY =
      """
      version: 7
      classes:
        identity: {sensitive: true, fields: [name]}
        payment: {sensitive: true, fields: [card]}
        cart: {fields: [cart]}
      namespaces:
        shop:
          rules:
            - {id: who, why: w, when: {class: [identity, payment]}, store: ["pop:a", "pop:c"],
               access: anywhere, else: redact}
            - {id: what, why: w, store: anywhere}
      """;

  final LonePop a = pop("a", Life.FIRST);
  final LonePop b = pop("b", Life.FIRST);
  final LonePop c = pop("c", Life.FIRST);

  private final Map<LonePop, Integer> carried = new LinkedHashMap<>();
  private Optional<Hint> hint = Optional.empty();
  private long requests;

  SplitPops() {
    pops().forEach(pop -> pop.connect("a", "b", "c"));
  }

  /** The session, made at `a` and gone to `b` without its name. */
  static SplitPops split() {
    SplitPops pops = new SplitPops();
    pops.make(put("name", 1), put("cart", 1));
    pops.ok(pops.b, Say.read());
    return pops;
  }

  void make(Operation... operations) {
    long token = a.client(KEY, Say.creation(++requests, "a", 1, operations));
    carry();
    learn(a.outcome(token));
  }

  static LonePop pop(String name, Life life) {
    NamespaceSettings settings = NamespaceSettings.defaults().withMove(MoveStrategy.always());
    return new LonePop(name, settings, life, 1L << 20, Optional.of(policy()));
  }

  static Operation put(String name, long value) {
    return new Operation.Put(name, field(value));
  }

  static Field field(long value) {
    return new Field(Say.sixteen(value), "application/octet-stream", Field.DEFAULT_CLASS);
  }

  static Operation get(String... names) {
    return new Operation.Get(ImmutableList.copyOf(names));
  }

  /** Asks, lets all be said that is to say, and gives the answer. */
  Outcome ask(LonePop pop, Operation... operations) {
    long token = send(pop, operations);
    carry();
    Outcome outcome = pop.outcome(token);
    learn(outcome);
    return outcome;
  }

  Outcome.Success ok(LonePop pop, Operation... operations) {
    Outcome outcome = ask(pop, operations);
    if (outcome instanceof Outcome.Success success) {
      return success;
    }
    throw new AssertionError(outcome.toString());
  }

  Problem problem(LonePop pop, Operation... operations) {
    Outcome outcome = ask(pop, operations);
    if (outcome instanceof Outcome.Failure failure) {
      return failure.problem();
    }
    throw new AssertionError(outcome.toString());
  }

  long send(LonePop pop, Operation... operations) {
    return pop.client(KEY, Say.request(++requests, hint.orElseThrow(), operations));
  }

  Hint hint() {
    return hint.orElseThrow();
  }

  private void learn(Outcome outcome) {
    if (outcome instanceof Outcome.Success success) {
      hint = success.hint().or(() -> hint);
    }
  }

  /** Syncs every disk and carries every message, until there is nothing left. */
  void carry() {
    boolean more = true;
    while (more) {
      pops().forEach(LonePop::sync);
      more = pops().stream().map(this::deliver).reduce(false, Boolean::logicalOr);
    }
  }

  /** Throws away what {@code from} has said and nobody has heard yet. */
  void lose(LonePop from) {
    carried.put(from, from.sent.size());
  }

  /** Carries what {@code from} has said so far; syncs no disk. */
  boolean deliver(LonePop from) {
    int done = carried.getOrDefault(from, 0);
    List<Sent> news = ImmutableList.copyOf(from.sent.subList(done, from.sent.size()));
    carried.put(from, done + news.size());
    for (Sent each : news) {
      pops().stream()
          .filter(pop -> pop.id.equals(each.to()))
          .forEach(pop -> pop.receive(from.id.name(), KEY, each.message()));
    }
    return !news.isEmpty();
  }

  private ImmutableList<LonePop> pops() {
    return ImmutableList.of(a, b, c);
  }

  /** What its owner has of it, durably. */
  static SessionData data(LonePop owner) {
    return owner.record(KEY).state().payload().orElseThrow();
  }

  static Optional<Custody> custody(LonePop pop) {
    return pop.record(KEY).custody();
  }

  static LeftBehind pointer(LonePop owner) {
    return data(owner).leftBehind().orElseThrow();
  }

  static ImmutableSortedSet<String> kept(LonePop custodian) {
    return custody(custodian).orElseThrow().current().orElseThrow().fields().keySet();
  }

  private static PolicyInForce policy() {
    return new PolicyInForce(ThreePops.obey(POLICY), ImmutableMap.of());
  }
}
