package dev.sojourn.server.ops;

import dev.sojourn.server.policy.RolloutReport;
import dev.sojourn.server.rpc.peer.PeerCounters;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.server.shell.ShardSnapshot;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * How a node stands at one moment.
 *
 * @param nowMillis of the node's clock
 * @param upMillis since the process was ready
 * @param callsOpen requests of clients that are accepted and not answered
 * @param streamsOpen streams of clients
 * @param commitsQueued commits that the store has not written yet
 * @param diskFreeBytes below the store
 * @param sweep of what a new residency policy no longer lets rest here
 * @param policy how far policies have come; empty where the node has none
 */
public record NodeStatus(
    PopId pop,
    Phase phase,
    long nowMillis,
    long upMillis,
    int callsOpen,
    int streamsOpen,
    ShardSnapshot shards,
    Survey.Result sessions,
    int commitsQueued,
    long diskFreeBytes,
    PeerCounters peers,
    ResidencySweep.Report sweep,
    Optional<RolloutReport> policy) {

  /** Of the oldest grant that is not confirmed; 0 if there is none. */
  public long oldestGrantMillis() {
    long since = shards.backlog().oldestGrantMillis();
    return since == Long.MAX_VALUE ? 0 : Math.max(0, nowMillis - since);
  }
}
