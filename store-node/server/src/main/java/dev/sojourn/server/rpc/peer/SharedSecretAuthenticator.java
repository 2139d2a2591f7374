package dev.sojourn.server.rpc.peer;

import dev.sojourn.core.link.LinkHello;
import dev.sojourn.core.link.LinkProof;
import dev.sojourn.core.link.LinkProof.Side;
import dev.sojourn.value.Bytes;

/** Whoever knows the topology's secret is one of its POPs. */
public final class SharedSecretAuthenticator implements PeerAuthenticator {
  private final Bytes secret;

  /**
   * @throws IllegalArgumentException if the secret has fewer than {@link
   *     LinkProof#SECRET_LENGTH_MIN} bytes
   */
  public SharedSecretAuthenticator(Bytes secret) {
    if (secret.length() < LinkProof.SECRET_LENGTH_MIN) {
      throw new IllegalArgumentException(
          "the topology's secret has at least "
              + LinkProof.SECRET_LENGTH_MIN
              + " bytes, not "
              + secret.length());
    }
    this.secret = secret;
  }

  @Override
  public Bytes prove(Side side, LinkHello dialer, LinkHello acceptor) {
    return LinkProof.compute(secret, side, dialer, acceptor);
  }

  @Override
  public boolean isProved(Bytes proof, Side side, LinkHello dialer, LinkHello acceptor) {
    return LinkProof.isRight(proof, secret, side, dialer, acceptor);
  }
}
