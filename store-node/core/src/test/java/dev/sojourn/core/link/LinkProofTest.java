package dev.sojourn.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.link.LinkProof.Side;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkProofTest {
  private static final Bytes SECRET = Bytes.fromHex("000102030405060708090a0b0c0d0e0f");
  private static final LinkHello DIALER = hello("bos", "fra", 1);
  private static final LinkHello ACCEPTOR = hello("fra", "bos", 2);

  @Test
  void shouldBeRightForWhatItWasMadeFor() {
    Bytes proof = LinkProof.compute(SECRET, Side.DIALER, DIALER, ACCEPTOR);
    assertThat(proof.length()).isEqualTo(32);
    assertThat(LinkProof.isRight(proof, SECRET, Side.DIALER, DIALER, ACCEPTOR)).isTrue();
  }

  @Test
  void shouldDifferWithTheSecretTheSideAndEveryPartOfBothHellos() {
    Set<Bytes> proofs = new HashSet<>();
    int count = 0;
    for (Bytes secret : ImmutableList.of(SECRET, SECRET.concat(SECRET))) {
      for (Side side : Side.values()) {
        for (LinkHello dialer : variants(DIALER)) {
          proofs.add(LinkProof.compute(secret, side, dialer, ACCEPTOR));
          proofs.add(LinkProof.compute(secret, side, ACCEPTOR, dialer));
          count += 2;
        }
      }
    }
    assertThat(proofs).hasSize(count);
  }

  @Test
  void shouldKeepItsBytesFromReleaseToRelease() {
    // Computed once from the definition in peer.proto by an independent program.
    assertThat(LinkProof.compute(SECRET, Side.ACCEPTOR, DIALER, ACCEPTOR).toHex())
        .isEqualTo("4e09b23eacadcf1bb38df711d7c1f628ec0364c7650f90573e91b7246e7db561");
  }

  private static ImmutableList<LinkHello> variants(LinkHello h) {
    Bytes other = Bytes.wrap(new byte[] {9}).concat(Bytes.wrap(new byte[31]));
    Bytes store = Bytes.wrap(new byte[] {9}).concat(Bytes.wrap(new byte[15]));
    PopId pop = new PopId("sin");
    return ImmutableList.of(
        h,
        of(pop, h.to(), h.nonce(), h.storeId(), 1, 2, 3, 4, 5, 6, 7),
        of(h.pop(), pop, h.nonce(), h.storeId(), 1, 2, 3, 4, 5, 6, 7),
        of(h.pop(), h.to(), other, h.storeId(), 1, 2, 3, 4, 5, 6, 7),
        of(h.pop(), h.to(), h.nonce(), store, 1, 2, 3, 4, 5, 6, 7),
        of(h.pop(), h.to(), h.nonce(), h.storeId(), 8, 2, 3, 4, 5, 6, 7),
        of(h.pop(), h.to(), h.nonce(), h.storeId(), 1, 8, 3, 4, 5, 6, 7),
        of(h.pop(), h.to(), h.nonce(), h.storeId(), 1, 2, 8, 4, 5, 6, 7),
        of(h.pop(), h.to(), h.nonce(), h.storeId(), 1, 2, 3, 8, 5, 6, 7),
        of(h.pop(), h.to(), h.nonce(), h.storeId(), 1, 2, 3, 4, 8, 6, 7),
        of(h.pop(), h.to(), h.nonce(), h.storeId(), 1, 2, 3, 4, 5, 8, 7),
        of(h.pop(), h.to(), h.nonce(), h.storeId(), 1, 2, 3, 4, 5, 6, 8));
  }

  private static LinkHello of(
      PopId pop,
      PopId to,
      Bytes nonce,
      Bytes storeId,
      long dial,
      long incarnation,
      long position,
      long policy,
      int min,
      int max,
      int format) {
    return new LinkHello(
        pop, to, nonce, storeId, dial, incarnation, position, policy, min, max, format);
  }

  private static LinkHello hello(String pop, String to, int fill) {
    byte[] nonce = new byte[LinkHello.NONCE_LENGTH];
    byte[] store = new byte[LinkHello.STORE_ID_LENGTH];
    nonce[0] = (byte) fill;
    store[0] = (byte) fill;
    return of(
        new PopId(pop), new PopId(to), Bytes.wrap(nonce), Bytes.wrap(store), 1, 2, 3, 4, 5, 6, 7);
  }
}
