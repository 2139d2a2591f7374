package dev.sojourn.cli.demo.replay;

import dev.sojourn.cli.demo.net.WideAreaNetwork;
import dev.sojourn.cli.demo.node.Cluster;
import dev.sojourn.client.Inspection;
import dev.sojourn.client.SojournClient;
import dev.sojourn.value.PopId;
import java.time.Duration;

/**
 * What goes on behind a move after the user was answered: the new owner makes the session durable,
 * the old one drops its copy, the birth POP hears of it. This waits for the end of it, by asking
 * every node, and so keeps it out of the figures of the requests that follow.
 */
final class Settling {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Longer than any pause of a node between a message and what it says next. */
  private static final Duration QUIET = Duration.ofMillis(60);

  private final Cluster cluster;
  private final WideAreaNetwork network;

  Settling(Cluster cluster, WideAreaNetwork network) {
    this.cluster = cluster;
    this.network = network;
  }

  /**
   * Returns once one POP alone holds the session and nothing crosses any more, or after a while.
   */
  void await(String hint) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (payloadCopies(hint) != 1 && System.nanoTime() - deadline < 0) {
      Thread.sleep(5);
    }
    network.awaitQuiet(QUIET, PATIENCE);
  }

  /** At how many POPs the session's fields are at rest now; every node is asked. */
  int payloadCopies(String hint) {
    int copies = 0;
    for (PopId pop : cluster.pops()) {
      SojournClient client = cluster.client(pop);
      Inspection found = client.inspect(hint, false);
      if (found.holdsPayload()) {
        copies++;
      }
    }
    return copies;
  }
}
