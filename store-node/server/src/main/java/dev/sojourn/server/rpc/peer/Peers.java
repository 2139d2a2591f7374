package dev.sojourn.server.rpc.peer;

import dev.sojourn.value.PopId;

/** What an accepted link knows of the network: whom there is, and who waits at the door. */
interface Peers {
  /** The peer of a POP that is in the topology. */
  Peer of(PopId pop);

  /** The handshake of {@code link} is over, well or badly. */
  void opened(AcceptedLink link);
}
