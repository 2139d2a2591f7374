package dev.sojourn.hint;

import static dev.sojourn.hint.HintSamples.BOS;
import static dev.sojourn.hint.HintSamples.FRA;
import static dev.sojourn.hint.HintSamples.KEYS;
import static dev.sojourn.hint.HintSamples.SHOP;
import static dev.sojourn.hint.HintSamples.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyHasherTest {
  private static final Namespace BANK = new Namespace("bank");
  private static final Bytes STORE = bytes(16, 5);
  private final KeyHasher hasher = new KeyHasher(KEYS);

  @Test
  void shouldNameARecordAsDocumented() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEYS.recordNameKey().toArray(), "HmacSHA256"));
    mac.update("shop\0bos\0".getBytes(StandardCharsets.US_ASCII));
    byte[] expected = mac.doFinal(bytes(16, 7).toArray());
    assertThat(hasher.hash(new SessionKey(SHOP, new SessionId(BOS, bytes(16, 7)))).value())
        .isEqualTo(Bytes.wrap(Arrays.copyOf(expected, 16)));
  }

  @Test
  void shouldGiveTheSameHashEachTimeAndAnotherForEachPart() {
    Set<Object> hashes = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      hashes.add(hasher.hash(new SessionKey(SHOP, new SessionId(BOS, bytes(16, 7)))));
      hashes.add(hasher.hash(new SessionKey(BANK, new SessionId(BOS, bytes(16, 7)))));
      hashes.add(hasher.hash(new SessionKey(SHOP, new SessionId(FRA, bytes(16, 7)))));
      hashes.add(hasher.hash(new SessionKey(SHOP, new SessionId(BOS, bytes(16, 8)))));
    }
    assertThat(hashes).hasSize(4);
  }

  @Test
  void shouldMakeOneIdForEachCallersRequestToAStore() {
    RequestId request = new RequestId(bytes(16, 1));
    Set<Bytes> uniques = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      uniques.add(hasher.sessionUnique(SHOP, "edge", STORE, request));
      uniques.add(hasher.sessionUnique(BANK, "edge", STORE, request));
      uniques.add(hasher.sessionUnique(SHOP, "other", STORE, request));
      uniques.add(hasher.sessionUnique(SHOP, "", STORE, request));
      uniques.add(hasher.sessionUnique(SHOP, "edge", STORE, new RequestId(bytes(16, 2))));
      uniques.add(hasher.sessionUnique(SHOP, "edge", bytes(16, 6), request));
    }
    assertThat(uniques).hasSize(6).allMatch(unique -> unique.length() == 16);
  }

  @Test
  void shouldNotMakeIdsThatAKeyOfAnotherRingMakes() {
    KeyRing others = KeyRing.of(List.of(HintSamples.FIRST_KEY), bytes(32, 10));
    RequestId request = new RequestId(bytes(16, 1));
    assertThat(new KeyHasher(others).sessionUnique(SHOP, "edge", STORE, request))
        .isNotEqualTo(hasher.sessionUnique(SHOP, "edge", STORE, request));
  }
}
