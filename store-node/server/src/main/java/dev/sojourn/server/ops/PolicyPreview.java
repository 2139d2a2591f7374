package dev.sojourn.server.ops;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedMultiset;
import com.google.common.collect.Maps;
import com.google.common.collect.Multiset;
import com.google.common.primitives.Longs;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Suspect;
import dev.sojourn.server.shell.RecordScan;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Counts what a policy that is not in force would have to move from here, and whereto, in a walk
 * over the store that changes nothing. The walk ends after a set time however large the store is:
 * keys are hashes, and so those that it has passed by then stand for all. Thread-safe.
 */
public final class PolicyPreview {
  public static final long WALK_MILLIS_MAX = 10_000;
  private static final double KEYS = 0x1p63;

  private final PopId pop;
  private final RecordScan scan;
  private final LongSupplier nowMillis;

  /**
   * What one walk found. A session is counted where it is owned; what is kept of it elsewhere until
   * its new owner has confirmed is not.
   *
   * @param policy its version
   * @param share of the store that was looked at, from 0 to 1: the counts are of that alone
   * @param unreadable records of which nobody can say what they hold
   */
  public record Result(
      PopId pop,
      String policy,
      double share,
      long unreadable,
      ImmutableSortedMap<Namespace, Moves> namespaces) {}

  /**
   * Of one namespace.
   *
   * @param live sessions at rest here
   * @param frozen of those that might not stay: after proof of a rollback, so that they do
   * @param to how many would go where: to the nearest POP where all of a session's fields may rest
   * @param parts of split sessions that are kept here for owners elsewhere, and might not be: they
   *     are fetched, or erased after the grace
   * @param nowhere how many might rest at no POP: they are erased after the policy's grace
   */
  public record Moves(
      long live, long frozen, ImmutableSortedMultiset<PopId> to, long parts, long nowhere) {}

  /**
   * @param nowMillis by which a session is over, and the walk too
   */
  public PolicyPreview(PopId pop, RecordScan scan, LongSupplier nowMillis) {
    this.pop = pop;
    this.scan = scan;
    this.nowMillis = nowMillis;
  }

  /**
   * Begins to walk as soon as the walks are done that were asked for before.
   *
   * @param goOn whether anybody still wants to know
   */
  public CompletableFuture<Result> of(PolicyInForce policy, BooleanSupplier goOn) {
    Walk walk = new Walk(policy);
    return scan.run(walk::begin, walk, () -> goOn.getAsBoolean() && walk.hasTime())
        .thenApply(keys -> walk.result());
  }

  /** For one thread at a time, as the store's walks are. */
  private final class Walk implements RecordScan.RecordVisitor {
    private final PolicyInForce policy;
    private final Map<Namespace, Tally> tallies = new TreeMap<>();
    private Optional<KeyHash> last = Optional.empty();
    private long endsAtMillis;
    private boolean cutShort;
    private long unreadable;

    Walk(PolicyInForce policy) {
      this.policy = policy;
    }

    boolean begin(KeyHash key) {
      if (last.isEmpty()) {
        endsAtMillis = nowMillis.getAsLong() + WALK_MILLIS_MAX;
      }
      last = Optional.of(key);
      return true;
    }

    boolean hasTime() {
      cutShort = nowMillis.getAsLong() >= endsAtMillis;
      return !cutShort;
    }

    @Override
    public void visit(KeyHash key, SessionRecord record) {
      boolean isFrozen = record.state() instanceof Suspect;
      record
          .custody()
          .filter(part -> part.expiresAtMillis() > nowMillis.getAsLong())
          .filter(part -> !policy.mayRest(part, pop))
          .ifPresent(part -> tally(part.key().namespace()).parts++);
      record
          .state()
          .payload()
          .filter(data -> isFrozen || record.state() instanceof Owned)
          .filter(data -> !data.lifetime().isOver(nowMillis.getAsLong()))
          .ifPresent(data -> count(data, isFrozen));
    }

    private void count(SessionData data, boolean isFrozen) {
      Tally tally = tally(data.key().namespace());
      Optional<PopId> place = policy.restingPlace(data, pop);
      tally.live++;
      if (place.isEmpty()) {
        tally.nowhere += isFrozen ? 0 : 1;
        tally.frozen += isFrozen ? 1 : 0;
      } else if (!place.get().equals(pop)) {
        tally.frozen += isFrozen ? 1 : 0;
        tally.to.add(place.get(), isFrozen ? 0 : 1);
      }
    }

    private Tally tally(Namespace namespace) {
      return tallies.computeIfAbsent(namespace, any -> new Tally());
    }

    @Override
    public void unreadable(KeyHash key) {
      unreadable++;
    }

    Result result() {
      return new Result(
          pop,
          policy.rules().version(),
          cutShort ? last.map(PolicyPreview::positionOf).orElse(0.0) : 1,
          unreadable,
          ImmutableSortedMap.copyOf(Maps.transformValues(tallies, Tally::moves)));
    }
  }

  /** How far a key is from the lowest to the highest, from 0 to 1. */
  private static double positionOf(KeyHash key) {
    return (Longs.fromByteArray(key.value().unsafeArray()) >>> 1) / KEYS;
  }

  private static final class Tally {
    private final Multiset<PopId> to = HashMultiset.create();
    private long live;
    private long frozen;
    private long parts;
    private long nowhere;

    Moves moves() {
      return new Moves(live, frozen, ImmutableSortedMultiset.copyOf(to), parts, nowhere);
    }
  }
}
