package dev.sojourn.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.value.Bytes;
import org.junit.jupiter.api.Test;

/** The test vectors of RFC 5869, appendix A, that use SHA-256. */
class HkdfTest {
  @Test
  void shouldAgreeWithTheBasicVector() {
    assertThat(derive("0b".repeat(22), "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9", 42))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @Test
  void shouldAgreeWithTheVectorOfLongInputs() {
    assertThat(derive(counting(0x00, 80), counting(0x60, 80), counting(0xb0, 80), 82))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  void shouldAgreeWithTheVectorWithoutSaltAndInfo() {
    assertThat(derive("0b".repeat(22), "", "", 42))
        .isEqualTo(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  @Test
  void shouldRefuseALengthThatHkdfCannotGive() {
    Hkdf hkdf = new Hkdf();
    byte[] none = new byte[0];
    assertThatThrownBy(() -> hkdf.derive(new byte[32], none, none, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> hkdf.derive(new byte[32], none, none, 255 * 32 + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String derive(String secret, String salt, String info, int length) {
    return Bytes.wrap(new Hkdf().derive(array(secret), array(salt), array(info), length)).toHex();
  }

  private static byte[] array(String hex) {
    return Bytes.fromHex(hex).toArray();
  }

  private static String counting(int first, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return Bytes.wrap(bytes).toHex();
  }
}
