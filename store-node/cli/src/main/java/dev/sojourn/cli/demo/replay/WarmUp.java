package dev.sojourn.cli.demo.replay;

import dev.sojourn.cli.demo.node.Cluster;
import dev.sojourn.client.NewSession;
import dev.sojourn.client.Session;
import dev.sojourn.value.PopId;
import java.util.List;

/**
 * Moves that are thrown away. A JVM runs its first thousands of calls many times slower than the
 * later ones, and a connection between two POPs takes round trips to set up; neither says anything
 * about the cost of a move.
 */
public final class WarmUp {
  private final Cluster cluster;

  /** Told of each move that is done. */
  public interface Progress {
    void moved(int moves);
  }

  public WarmUp(Cluster cluster) {
    this.cluster = cluster;
  }

  /** How many moves {@link #run} makes for so many rounds: each round goes each way once. */
  public int moves(int rounds) {
    int pops = cluster.pops().size();
    return rounds * pops * (pops - 1);
  }

  /** Each round moves a new session over every link in each direction, and works at each end. */
  public void run(int rounds, Progress progress) {
    int moves = 0;
    for (int round = 0; round < rounds; round++) {
      for (PopId one : cluster.pops()) {
        for (PopId other : cluster.pops()) {
          if (one.compareTo(other) < 0) {
            there(one, other);
            moves += 2;
            progress.moved(moves);
          }
        }
      }
    }
  }

  private void there(PopId one, PopId other) {
    Session session = cluster.client(one).start(NewSession.defaults().residency("US"));
    session.putText("stop-0", "warm-up").save();
    for (PopId pop : List.of(other, one)) {
      Session here = cluster.client(pop).resume(session.hint().orElseThrow());
      here.increment("writes", 1).save();
      var unused = here.fields();
      here.putText("stop-" + pop, "warm-up").save();
      session = here;
    }
  }
}
