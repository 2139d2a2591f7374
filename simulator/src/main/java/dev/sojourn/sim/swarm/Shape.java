package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.NamespaceSettings.OnMissing;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.sim.world.Core;
import dev.sojourn.sim.world.Law;
import dev.sojourn.sim.world.Network;
import dev.sojourn.sim.world.WorldSettings;
import dev.sojourn.value.PopId;

/**
 * The world of a plan before anything happens in it.
 *
 * @param traits any of: {@code brief}, sessions soon run out; {@code forgetful}, the window is
 *     short; {@code tight}, little fits into a session; {@code cold}, each request reads its record
 *     from disk; {@code async}, a crash may undo the last writes; {@code goes on}, whoever has seen
 *     them is served all the same
 * @param syncMillis what a sync takes
 * @param rules of the residency policy; none where there is no policy
 * @param laterRules of the policy that POPs are told to obey instead; none where it never changes
 * @param graceSeconds for which a payload is kept that a policy no longer lets rest where it lies
 * @param residency the country whose rules all sessions fall under
 */
public record Shape(
    long seed,
    ImmutableList<PopId> pops,
    Network.Mode mode,
    Move move,
    ImmutableSet<Trait> traits,
    long syncMillis,
    ImmutableList<Way> ways,
    ImmutableList<Drift> drifts,
    ImmutableList<Rule> rules,
    ImmutableList<Rule> laterRules,
    long graceSeconds,
    String residency) {

  /** When a session follows its user. */
  public enum Move {
    ALWAYS,
    STANDARD,
    NEVER
  }

  /** What makes a world unlike the usual one. */
  public enum Trait {
    BRIEF,
    FORGETFUL,
    TIGHT,
    COLD,
    ASYNC,
    GOES_ON
  }

  /**
   * The distance between two POPs.
   *
   * @param bytesPerSecond what passes each way; 0 for any number
   */
  public record Way(
      PopId one, PopId other, long rttMillis, long jitterMillis, long bytesPerSecond) {}

  /** A clock that gains so many microseconds each second. */
  public record Drift(PopId pop, long ppm) {}

  /** Long enough for a crash to find something that was answered and not synced. */
  private static final long SYNC_INTERVAL_MILLIS = 2_000;

  private static final NamespaceSettings.Limits TIGHT =
      new NamespaceSettings.Limits(4, 4, 16, 64, 160);

  WorldSettings settings(Core.Maker maker, boolean traced) {
    return WorldSettings.of(seed, pops.stream().map(PopId::name).toArray(String[]::new))
        .withNamespace(namespace())
        .onNetwork(mode, 0)
        .keepingHot(traits.contains(Trait.COLD) ? 0 : 256L << 20)
        .syncingIn(syncMillis)
        .syncingEvery(SYNC_INTERVAL_MILLIS)
        .obeying(law())
        .running(maker)
        .traced(traced);
  }

  private Law law() {
    if (rules.isEmpty()) {
      return Law.NONE;
    }
    Law first = law(rules, "1");
    return laterRules.isEmpty() ? first : first.before(law(laterRules, "2"));
  }

  private Law law(ImmutableList<Rule> ofIt, String version) {
    return Law.of(Rule.policy(ofIt, version, graceSeconds), residency, pops, this::rttMillis);
  }

  private long rttMillis(PopId one, PopId other) {
    for (Way way : ways) {
      boolean isBetween =
          (way.one().equals(one) && way.other().equals(other))
              || (way.one().equals(other) && way.other().equals(one));
      if (isBetween) {
        return way.rttMillis();
      }
    }
    return 0;
  }

  private Durability durability() {
    return traits.contains(Trait.ASYNC) ? Durability.ASYNC : Durability.STRICT;
  }

  private NamespaceSettings namespace() {
    NamespaceSettings usual = NamespaceSettings.defaults();
    boolean brief = traits.contains(Trait.BRIEF);
    boolean forgetful = traits.contains(Trait.FORGETFUL);
    return new NamespaceSettings(
        brief ? 20_000 : usual.idleMillisDefault(),
        usual.idleMillisMax(),
        brief ? 90_000 : usual.absoluteMillisDefault(),
        usual.absoluteMillisMax(),
        forgetful ? 4_000 : usual.retryMillis(),
        forgetful ? 2 : usual.windowEntriesMax(),
        traits.contains(Trait.TIGHT) ? TIGHT : usual.limits(),
        strategy(),
        durability(),
        traits.contains(Trait.GOES_ON) ? OnMissing.GO_ON : OnMissing.FAIL);
  }

  private MoveStrategy strategy() {
    return switch (move) {
      case ALWAYS -> MoveStrategy.always();
      case STANDARD -> MoveStrategy.standard();
      case NEVER -> MoveStrategy.never();
    };
  }
}
