package dev.sojourn.server.rpc.peer;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.value.PopId;

/**
 * The other POPs as the peer network sees them at one moment.
 *
 * @param peers where each POP in service listens for its peers
 * @param retired POPs that are out of service for good (rule R25): they are told so and get nothing
 */
public record TopologyView(ImmutableMap<PopId, Endpoint> peers, ImmutableSet<PopId> retired) {
  /**
   * @param host name or address
   * @param port 1 to 65535
   */
  public record Endpoint(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
