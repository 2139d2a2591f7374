package dev.sojourn.client.internal;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.List;

/**
 * The channels of one lane, one for each endpoint, and which of them is in use. The first is the
 * lane's home: another one is used while home does not answer. Confined to the lane's event loop.
 */
final class Ways {
  private final List<Way> all;
  private int current;

  /** A channel, and where it leads. */
  record Way(Endpoint endpoint, ManagedChannel channel) {}

  /**
   * @param all at least one
   */
  Ways(List<Way> all) {
    this.all = List.copyOf(all);
  }

  List<ManagedChannel> channels() {
    return all.stream().map(Way::channel).toList();
  }

  ManagedChannel home() {
    return all.get(0).channel();
  }

  ManagedChannel current() {
    return all.get(current).channel();
  }

  String target() {
    return all.get(current).endpoint().toString();
  }

  boolean isHome() {
    return current == 0;
  }

  /** Takes the next endpoint in turn. */
  void next() {
    current = (current + 1) % all.size();
  }

  /** Whether home is there again; if it is not connected, tries to connect. */
  boolean homeAnswers() {
    boolean answers = home().getState(true) == ConnectivityState.READY;
    if (!answers) {
      // gRPC's own pause between attempts grows to minutes.
      home().resetConnectBackoff();
    }
    return answers;
  }

  void goHome() {
    current = 0;
  }
}
