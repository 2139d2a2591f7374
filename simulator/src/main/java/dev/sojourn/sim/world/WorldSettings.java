package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.value.PopId;

/**
 * How a world is set up. With the seed it determines the run.
 *
 * @param namespace settings of the one namespace that there is
 * @param clockSkewMillisMax by how much a POP's clock may differ from the world's, either way
 * @param diskMillis what a sync takes
 * @param syncIntervalMillis until what was written without a sync gets one all the same
 * @param hotBytesMax memory that a core may fill with sessions; 0 makes it read each from disk
 *     again
 * @param committedFirst whether the core hears of a sync before what waited for it is done, or
 *     after: a shell may do either
 * @param traced whether to keep lines of what happened
 * @param law where data may be stored and seen, and where users live
 */
public record WorldSettings(
    long seed,
    ImmutableList<PopId> pops,
    NamespaceSettings namespace,
    Network.Mode mode,
    long rttMillis,
    long jitterMillis,
    long clockSkewMillisMax,
    long diskMillis,
    long syncIntervalMillis,
    long hotBytesMax,
    boolean committedFirst,
    boolean traced,
    Law law,
    Core.Maker maker) {

  /** Quick and tame: 40 ms between any two POPs, a disk that syncs in 3 ms. */
  public static WorldSettings of(long seed, String... pops) {
    ImmutableList.Builder<PopId> ids = ImmutableList.builder();
    for (String pop : pops) {
      ids.add(new PopId(pop));
    }
    return new WorldSettings(
        seed,
        ids.build(),
        NamespaceSettings.defaults(),
        Network.Mode.STRICT,
        40,
        0,
        60_000,
        3,
        500,
        256L << 20,
        seed % 2 == 0,
        true,
        Law.NONE,
        Core.REAL);
  }

  public WorldSettings moving(MoveStrategy move) {
    return withNamespace(namespace.withMove(move));
  }

  public WorldSettings withNamespace(NamespaceSettings other) {
    return new WorldSettings(
        seed,
        pops,
        other,
        mode,
        rttMillis,
        jitterMillis,
        clockSkewMillisMax,
        diskMillis,
        syncIntervalMillis,
        hotBytesMax,
        committedFirst,
        traced,
        law,
        maker);
  }

  public WorldSettings onNetwork(Network.Mode other, long otherJitterMillis) {
    return new WorldSettings(
        seed,
        pops,
        namespace,
        other,
        rttMillis,
        otherJitterMillis,
        clockSkewMillisMax,
        diskMillis,
        syncIntervalMillis,
        hotBytesMax,
        committedFirst,
        traced,
        law,
        maker);
  }

  /** With a disk that takes so long to sync. */
  public WorldSettings syncingIn(long otherDiskMillis) {
    return new WorldSettings(
        seed,
        pops,
        namespace,
        mode,
        rttMillis,
        jitterMillis,
        clockSkewMillisMax,
        otherDiskMillis,
        syncIntervalMillis,
        hotBytesMax,
        committedFirst,
        traced,
        law,
        maker);
  }

  /** With so long a wait for what asks for no sync. */
  public WorldSettings syncingEvery(long otherSyncIntervalMillis) {
    return new WorldSettings(
        seed,
        pops,
        namespace,
        mode,
        rttMillis,
        jitterMillis,
        clockSkewMillisMax,
        diskMillis,
        otherSyncIntervalMillis,
        hotBytesMax,
        committedFirst,
        traced,
        law,
        maker);
  }

  /** With so much memory for sessions at each POP. */
  public WorldSettings keepingHot(long otherHotBytesMax) {
    return new WorldSettings(
        seed,
        pops,
        namespace,
        mode,
        rttMillis,
        jitterMillis,
        clockSkewMillisMax,
        diskMillis,
        syncIntervalMillis,
        otherHotBytesMax,
        committedFirst,
        traced,
        law,
        maker);
  }

  public WorldSettings traced(boolean other) {
    return new WorldSettings(
        seed,
        pops,
        namespace,
        mode,
        rttMillis,
        jitterMillis,
        clockSkewMillisMax,
        diskMillis,
        syncIntervalMillis,
        hotBytesMax,
        committedFirst,
        other,
        law,
        maker);
  }

  public WorldSettings obeying(Law other) {
    return new WorldSettings(
        seed,
        pops,
        namespace,
        mode,
        rttMillis,
        jitterMillis,
        clockSkewMillisMax,
        diskMillis,
        syncIntervalMillis,
        hotBytesMax,
        committedFirst,
        traced,
        other,
        maker);
  }

  public WorldSettings running(Core.Maker other) {
    return new WorldSettings(
        seed,
        pops,
        namespace,
        mode,
        rttMillis,
        jitterMillis,
        clockSkewMillisMax,
        diskMillis,
        syncIntervalMillis,
        hotBytesMax,
        committedFirst,
        traced,
        law,
        other);
  }
}
