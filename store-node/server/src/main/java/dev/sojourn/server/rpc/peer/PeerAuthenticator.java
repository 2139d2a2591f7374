package dev.sojourn.server.rpc.peer;

import dev.sojourn.core.link.LinkHello;
import dev.sojourn.core.link.LinkProof.Side;
import dev.sojourn.value.Bytes;

/**
 * How the two ends of a new stream prove who they are. The shared secret of the topology is one
 * way; certificates on both ends are another, whose proof is the connection itself. Thread-safe.
 */
public interface PeerAuthenticator {
  /** This POP's proof for {@code side} of a stream that begins with these two Hellos. */
  Bytes prove(Side side, LinkHello dialer, LinkHello acceptor);

  /**
   * Whether {@code proof} shows that the POP named in the Hello of {@code side} is at that side.
   */
  boolean isProved(Bytes proof, Side side, LinkHello dialer, LinkHello acceptor);
}
