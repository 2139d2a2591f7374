package dev.sojourn.hint;

import static dev.sojourn.hint.HintSamples.BOS;
import static dev.sojourn.hint.HintSamples.FIRST_KEY;
import static dev.sojourn.hint.HintSamples.FRA;
import static dev.sojourn.hint.HintSamples.KEYS;
import static dev.sojourn.hint.HintSamples.SECOND_KEY;
import static dev.sojourn.hint.HintSamples.SHOP;
import static dev.sojourn.hint.HintSamples.bytes;
import static dev.sojourn.hint.HintSamples.hint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.hint.OpenedHint.Readable;
import dev.sojourn.hint.OpenedHint.Reason;
import dev.sojourn.hint.OpenedHint.Unreadable;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RandomSource;
import dev.sojourn.value.SessionId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HintSealingTest {
  private final HintSealer sealer = new HintSealer(KEYS, BOS, new SeededRandom(1));
  private final HintOpener opener = new HintOpener(KEYS);

  @Test
  void shouldGiveBackWhatWasSealed() {
    long seed = 2;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      Hint hint = HintSamples.randomHint(random);
      String sealed = sealer.seal(SHOP, hint);
      assertThat(opener.open(SHOP, sealed)).as("seed %d", seed).isEqualTo(new Readable(hint));
      assertThat(sealed).as("seed %d", seed).matches("[A-Za-z0-9_-]{1,200}");
    }
  }

  @Test
  void shouldFitACookieAtTheGreatestValues() {
    HintKey key = new HintKey(Integer.MAX_VALUE, bytes(32, 3));
    KeyRing keys = KeyRing.of(List.of(key), bytes(32, 9));
    Hint hint =
        new Hint(
            new SessionId(new PopId("z----------a"), bytes(16, 0xff)),
            Long.MAX_VALUE,
            new PopId("z----------b"),
            new Epoch(Long.MAX_VALUE, new PopId("z----------c")),
            Long.MAX_VALUE,
            new Country("ZZ"),
            Long.MAX_VALUE,
            Optional.of(new PopId("z----------d")));
    String sealed =
        new HintSealer(keys, new PopId("z-----------"), new SeededRandom(1)).seal(SHOP, hint);
    assertThat(sealed).hasSizeLessThanOrEqualTo(HintSealer.LENGTH_MAX);
    assertThat(new HintOpener(keys).open(SHOP, sealed)).isEqualTo(new Readable(hint));
  }

  @Test
  void shouldTakeTheLeastValues() {
    Hint hint =
        new Hint(
            new SessionId(BOS, bytes(16, 0)),
            1,
            BOS,
            new Epoch(1, BOS),
            1,
            Country.UNKNOWN,
            0,
            Optional.empty());
    assertThat(opener.open(SHOP, sealer.seal(SHOP, hint))).isEqualTo(new Readable(hint));
  }

  @Test
  void shouldRefuseAHintOfAnotherNamespace() {
    String sealed = sealer.seal(SHOP, hint());
    assertThat(opener.open(new Namespace("bank"), sealed))
        .isEqualTo(new Unreadable(Reason.NOT_AUTHENTIC));
  }

  @Test
  void shouldRefuseAHintWithAnyCharacterAltered() {
    String sealed = sealer.seal(SHOP, hint());
    for (int i = 0; i < sealed.length(); i++) {
      for (char c : "ABZaz09-_".toCharArray()) {
        if (sealed.charAt(i) != c) {
          String altered = sealed.substring(0, i) + c + sealed.substring(i + 1);
          assertThat(opener.open(SHOP, altered))
              .as("`%s` at %d", c, i)
              .isInstanceOf(Unreadable.class);
        }
      }
    }
  }

  @Test
  void shouldRefuseAHintCutShortOrMadeLonger() {
    String sealed = sealer.seal(SHOP, hint());
    for (int length = 0; length < sealed.length(); length++) {
      assertThat(opener.open(SHOP, sealed.substring(0, length))).isInstanceOf(Unreadable.class);
    }
    assertThat(opener.open(SHOP, sealed + "A")).isInstanceOf(Unreadable.class);
    assertThat(opener.open(SHOP, sealed + "=")).isEqualTo(new Unreadable(Reason.NOT_BASE64));
    assertThat(opener.open(SHOP, "A".repeat(201))).isEqualTo(new Unreadable(Reason.TOO_LONG));
  }

  @Test
  void shouldNeverShowTheSameHintTwice() {
    Set<String> sealed = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      sealed.add(sealer.seal(SHOP, hint()));
    }
    assertThat(sealed).hasSize(1_000);
  }

  @Test
  void shouldRefuseToSealWithARepeatedNonce() {
    HintSealer stuck =
        new HintSealer(
            KEYS,
            BOS,
            new RandomSource() {
              @Override
              public Bytes nextBytes(int length) {
                return bytes(length, 5);
              }

              @Override
              public RandomSource fork() {
                return this;
              }
            });
    assertThat(stuck.seal(SHOP, hint())).isNotEmpty();
    assertThatThrownBy(() -> stuck.seal(SHOP, hint())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldTakeAFreshKeyAfterItsShareOfHints() {
    HintSealer rolling = new HintSealer(KEYS, BOS, new SeededRandom(6), 3);
    for (int i = 0; i < 9; i++) {
      assertThat(opener.open(SHOP, rolling.seal(SHOP, hint()))).isEqualTo(new Readable(hint()));
    }
    assertThat(opener.keysKept()).isEqualTo(3);
    assertThat(HintSealer.HINTS_PER_SUB_KEY).isLessThan(1L << 32);
  }

  @Test
  void shouldSealUnderOtherKeysAtOtherPopsAndInOtherSealers() {
    SubKey here = new SubKey(1, PopCode.of(BOS), 8);
    Hkdf hkdf = new Hkdf();
    Set<Bytes> keys = new HashSet<>();
    keys.add(Bytes.wrap(here.derive(FIRST_KEY, hkdf).getEncoded()));
    keys.add(Bytes.wrap(here.derive(SECOND_KEY, hkdf).getEncoded()));
    keys.add(Bytes.wrap(new SubKey(1, PopCode.of(FRA), 8).derive(FIRST_KEY, hkdf).getEncoded()));
    keys.add(Bytes.wrap(new SubKey(1, PopCode.of(BOS), 9).derive(FIRST_KEY, hkdf).getEncoded()));
    keys.add(Bytes.wrap(new SubKey(2, PopCode.of(BOS), 8).derive(FIRST_KEY, hkdf).getEncoded()));
    assertThat(keys).hasSize(5);
  }

  @Test
  void shouldOpenHintsOfOlderKeysAfterARotation() {
    KeyRing rotated = KeyRing.of(List.of(SECOND_KEY, FIRST_KEY), bytes(32, 9));
    HintOpener after = new HintOpener(rotated);
    String old = sealer.seal(SHOP, hint());
    String fresh = new HintSealer(rotated, FRA, new SeededRandom(3)).seal(SHOP, hint());
    assertThat(after.open(SHOP, old)).isEqualTo(new Readable(hint()));
    assertThat(after.open(SHOP, fresh)).isEqualTo(new Readable(hint()));
    assertThat(opener.open(SHOP, fresh)).isEqualTo(new Unreadable(Reason.UNKNOWN_KEY));
  }

  @Test
  void shouldShowNoSecretInItsText() {
    String unique = hint().id().unique().toHex();
    assertThat(hint().toString()).doesNotContain(unique).contains("bos");
    assertThat(new Readable(hint()).toString()).doesNotContain(unique);
    assertThat(KEYS.toString()).doesNotContain(FIRST_KEY.secret().toHex());
  }

  @Test
  void shouldRefuseUnlawfulKeyRings() {
    Bytes name = bytes(32, 9);
    assertThatThrownBy(() -> KeyRing.of(List.of(), name)).hasMessageContaining("at least one");
    assertThatThrownBy(() -> KeyRing.of(List.of(FIRST_KEY, FIRST_KEY), name))
        .hasMessageContaining("the id 1");
    assertThatThrownBy(() -> KeyRing.of(List.of(FIRST_KEY), bytes(31, 9)))
        .hasMessageContaining("32 bytes, not 31");
    assertThatThrownBy(() -> new HintKey(1, bytes(16, 1))).hasMessageContaining("32 bytes, not 16");
    assertThatThrownBy(() -> new HintKey(0, bytes(32, 1))).hasMessageContaining("at least 1");
  }
}
