package dev.sojourn.hint;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Keys and hints to test with. */
final class HintSamples {
  static final Namespace SHOP = new Namespace("shop");
  static final PopId BOS = new PopId("bos");
  static final PopId FRA = new PopId("fra");
  static final PopId NRT = new PopId("nrt");
  static final HintKey FIRST_KEY = new HintKey(1, bytes(32, 1));
  static final HintKey SECOND_KEY = new HintKey(2, bytes(32, 2));
  static final KeyRing KEYS = KeyRing.of(List.of(FIRST_KEY), bytes(32, 9));

  private HintSamples() {}

  static Bytes bytes(int length, int value) {
    byte[] content = new byte[length];
    java.util.Arrays.fill(content, (byte) value);
    return Bytes.wrap(content);
  }

  static Hint hint() {
    return new Hint(
        new SessionId(BOS, bytes(16, 7)),
        3,
        FRA,
        new Epoch(12, BOS),
        345,
        new Country("US"),
        1_795_000_000_000L,
        Optional.of(BOS));
  }

  /** Each value lawful, each POP drawn so that equal ones are common. */
  static Hint randomHint(SplittableRandom random) {
    List<PopId> pops = List.of(BOS, FRA, NRT, randomPop(random));
    byte[] unique = new byte[16];
    random.nextBytes(unique);
    return new Hint(
        new SessionId(pick(pops, random), Bytes.wrap(unique)),
        1 + randomLong(random) % Long.MAX_VALUE,
        pick(pops, random),
        new Epoch(1 + randomLong(random) % Long.MAX_VALUE, pick(pops, random)),
        1 + randomLong(random) % Long.MAX_VALUE,
        new Country("" + (char) random.nextInt('A', 'Z' + 1) + (char) random.nextInt('A', 'Z' + 1)),
        randomLong(random),
        random.nextBoolean() ? Optional.of(pick(pops, random)) : Optional.empty());
  }

  static PopId randomPop(SplittableRandom random) {
    String alphabet = "abcdefghijklmnopqrstuvwxyz0123456789-";
    StringBuilder name = new StringBuilder();
    name.append(alphabet.charAt(random.nextInt(26)));
    for (int length = random.nextInt(12); length > 0; length--) {
      name.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return new PopId(name.toString());
  }

  private static PopId pick(List<PopId> pops, SplittableRandom random) {
    return pops.get(random.nextInt(pops.size()));
  }

  private static long randomLong(SplittableRandom random) {
    return random.nextLong() >>> random.nextInt(1, 64);
  }
}
