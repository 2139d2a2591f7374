package dev.sojourn.hint;

import static dev.sojourn.hint.HintSamples.BOS;
import static dev.sojourn.hint.HintSamples.KEYS;
import static dev.sojourn.hint.HintSamples.SHOP;
import static dev.sojourn.hint.HintSamples.hint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.hint.OpenedHint.Reason;
import dev.sojourn.hint.OpenedHint.Unreadable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HintOpenerFuzzTest {
  private final HintOpener opener = new HintOpener(KEYS, 8);

  @Test
  void shouldAnswerAnyBytesWithAReason() {
    long seed = 20;
    SplittableRandom random = new SplittableRandom(seed);
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(260)];
      random.nextBytes(bytes);
      seen.add(reason(new String(bytes, StandardCharsets.ISO_8859_1), seed));
      seen.add(reason(Base64Url.encode(bytes), seed));
    }
    assertThat(seen).contains(Reason.TOO_LONG, Reason.NOT_BASE64, Reason.UNKNOWN_VERSION);
  }

  @Test
  void shouldAnswerAnyBytesBehindALawfulHeaderWithAReason() {
    long seed = 21;
    SplittableRandom random = new SplittableRandom(seed);
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(1, 150)];
      random.nextBytes(bytes);
      bytes[0] = HintHeader.LAYOUT_VERSION;
      if (bytes.length > 2) {
        bytes[1] = (byte) random.nextInt(1, 3);
        bytes[2] = (byte) random.nextInt(0, 40);
      }
      seen.add(reason(Base64Url.encode(bytes), seed));
    }
    assertThat(seen).contains(Reason.UNKNOWN_KEY, Reason.NOT_AUTHENTIC, Reason.MALFORMED);
  }

  @Test
  void shouldAnswerMutatedHintsWithAReason() {
    long seed = 22;
    SplittableRandom random = new SplittableRandom(seed);
    String sealed = new HintSealer(KEYS, BOS, new SeededRandom(seed)).seal(SHOP, hint());
    byte[] bytes = Base64Url.decode(sealed).orElseThrow();
    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = Arrays.copyOf(bytes, bytes.length - random.nextInt(3));
      mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
      reason(Base64Url.encode(mutated), seed);
    }
  }

  /** Whoever holds the key may still be a newer or a broken POP: what it seals is not trusted. */
  @Test
  void shouldAnswerAuthenticNonsenseAsMalformed() {
    long seed = 23;
    SplittableRandom random = new SplittableRandom(seed);
    int malformed = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] body = new byte[random.nextInt(90)];
      random.nextBytes(body);
      if (body.length > 0 && random.nextBoolean()) {
        body[0] = (byte) random.nextInt(64);
      }
      OpenedHint opened = opener.open(SHOP, sealAnything(body, random));
      if (opened.equals(new Unreadable(Reason.MALFORMED))) {
        malformed++;
      } else {
        assertThat(opened).as("seed %d", seed).isInstanceOf(OpenedHint.Readable.class);
      }
    }
    assertThat(malformed).isGreaterThan(4_000);
  }

  @Test
  void shouldKeepABoundedNumberOfKeysAndOnlyProvenOnes() {
    long seed = 24;
    SeededRandom random = new SeededRandom(seed);
    for (int i = 0; i < 20; i++) {
      String sealed = new HintSealer(KEYS, BOS, random).seal(SHOP, hint());
      assertThat(opener.open(SHOP, sealed)).isInstanceOf(OpenedHint.Readable.class);
    }
    assertThat(opener.keysKept()).isEqualTo(8);

    HintOpener fresh = new HintOpener(KEYS);
    String madeUp = new HintSealer(KEYS, BOS, random).seal(SHOP, hint());
    fresh.open(SHOP, madeUp.substring(0, madeUp.length() - 4) + "AAAA");
    assertThat(fresh.keysKept()).isZero();
  }

  private static String sealAnything(byte[] body, SplittableRandom random) {
    byte[] nonce = new byte[HintHeader.NONCE_LENGTH];
    random.nextBytes(nonce);
    SubKey subKey = new SubKey(1, PopCode.of(BOS), 1);
    byte[] message = new byte[150];
    ByteBuffer out = ByteBuffer.wrap(message);
    new HintHeader(subKey, nonce).write(out);
    int bodyAt = out.position();
    out.put(body);
    int end =
        new HintCipher()
            .seal(
                subKey.derive(KEYS.sealing(), new Hkdf()),
                nonce,
                SHOP,
                message,
                bodyAt,
                out.position());
    return Base64Url.encode(Arrays.copyOf(message, end));
  }

  private Reason reason(String sealed, long seed) {
    OpenedHint opened = opener.open(SHOP, sealed);
    assertThat(opened).as("seed %d, `%s`", seed, sealed).isInstanceOf(Unreadable.class);
    return ((Unreadable) opened).reason();
  }
}
