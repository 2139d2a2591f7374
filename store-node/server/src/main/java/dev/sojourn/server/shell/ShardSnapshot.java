package dev.sojourn.server.shell;

/**
 * How one shard, or all of them together, stand at one moment.
 *
 * @param callersWaiting requests that are accepted and not answered
 * @param eventsQueued what was handed over to the loop and not handled yet
 * @param releasesWaiting answers and messages that wait for a sync
 * @param backlog what other POPs must still hear
 */
public record ShardSnapshot(
    int callersWaiting, int eventsQueued, int releasesWaiting, Backlog.Snapshot backlog) {

  public static final ShardSnapshot NONE = new ShardSnapshot(0, 0, 0, Backlog.Snapshot.NONE);

  public ShardSnapshot plus(ShardSnapshot other) {
    return new ShardSnapshot(
        callersWaiting + other.callersWaiting,
        eventsQueued + other.eventsQueued,
        releasesWaiting + other.releasesWaiting,
        backlog.plus(other.backlog));
  }
}
