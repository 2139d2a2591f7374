package dev.sojourn.server.policy;

import static dev.sojourn.server.policy.Texts.BOS;
import static dev.sojourn.server.policy.Texts.NOON;
import static dev.sojourn.server.policy.Texts.NYC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.policy.BundleRefused.Kind;
import dev.sojourn.value.Bytes;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTextTest {
  private static final String YAML = Texts.policy("2026-12-01", "[US, DE]") + "# na\u00efve\r\n";

  private final OfficerKey officer = OfficerKey.fresh();
  private final Bundle bundle =
      BundleText.sign(7, Texts.at(NYC, BOS), NOON.plusNanos(5), YAML, officer);

  static PolicySigners signers(OfficerKey... officers) {
    ImmutableMap.Builder<String, PublicKey> keys = ImmutableMap.builder();
    for (OfficerKey each : officers) {
      String base64 = each.publicPem().replaceAll("-----[A-Z ]+-----|\n", "");
      try {
        byte[] encoded = Base64.getDecoder().decode(base64);
        keys.put(
            each.id(),
            KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
    return new PolicySigners(keys.buildOrThrow());
  }

  @Test
  void shouldHaveTheFormThatTheDecisionDescribes() {
    assertThat(new String(bundle.bytes(), UTF_8))
        .isEqualTo(
            "sojourn policy bundle 1\n"
                + "version: 7\n"
                + "stage: at bos,nyc\n"
                + "signed: 2026-12-01T12:00:00Z\n"
                + ("key: " + officer.id() + "\n")
                + ("signature: " + base64(bundle) + "\n\n")
                + YAML);
  }

  private static String base64(Bundle signed) {
    return Base64.getEncoder().encodeToString(signed.signature().toArray());
  }

  @Test
  void shouldComeBackToTheLetter() throws Exception {
    Bundle read = BundleText.parse(bundle.bytes());
    BundleCheck.signature(read, signers(OfficerKey.fresh(), officer));

    assertThat(read).isEqualTo(bundle);
    assertThat(read.yaml()).isEqualTo(YAML);
    assertThat(read.mark()).isEqualTo(bundle.mark());
  }

  @Test
  void shouldRefuseEachByteThatWasTamperedWith() {
    PolicySigners signers = signers(officer);
    byte[] whole = bundle.bytes();
    Random random = new Random(5);
    for (int i = 0; i < whole.length; i++) {
      byte[] tampered = whole.clone();
      tampered[i] ^= (byte) (1 + random.nextInt(255));
      assertRefused(tampered, signers, "byte " + i + " as " + tampered[i]);
      assertRefused(Arrays.copyOf(whole, i), signers, "cut off at " + i);
    }
    for (String more : new String[] {"\n", " ", "#"}) {
      byte[] longer = Bytes.copyOf(whole).concat(Bytes.copyOf(more.getBytes(UTF_8))).toArray();
      assertRefused(longer, signers, "with more at its end");
    }
  }

  private static void assertRefused(byte[] bytes, PolicySigners signers, String what) {
    assertThatThrownBy(() -> BundleCheck.signature(BundleText.parse(bytes), signers))
        .as(what)
        .isInstanceOf(BundleRefused.class);
  }

  @Test
  void shouldHaveNoSecondSpelling() {
    String text = new String(bundle.bytes(), UTF_8);
    for (String other :
        new String[] {
          text.replace("version: 7", "version: 07"),
          text.replace("version: 7", "version: +7"),
          text.replace("version: 7", "version: 0"),
          text.replace("version: 7", "version: 99999999999999999999"),
          text.replace("at bos,nyc", "at nyc,bos"),
          text.replace("at bos,nyc", "at bos,bos,nyc"),
          text.replace("at bos,nyc", "at "),
          text.replace("at bos,nyc", "bos"),
          text.replace("12:00:00Z", "12:00:00.0Z"),
          text.replace("12:00:00Z", "12:00:00+00:00"),
          text.replace("bundle 1", "bundle 2"),
          text.replace("\nkey", "\r\nkey"),
          text.replace("stage:", "stage: all\nstage:"),
          "\ufeff" + text
        }) {
      assertThat(other).isNotEqualTo(text);
      assertThatThrownBy(() -> BundleText.parse(other.getBytes(UTF_8)))
          .as(other)
          .isInstanceOfSatisfying(
              BundleRefused.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE));
    }
  }

  @Test
  void shouldRefuseMoreThanAPolicyMayTake() {
    assertThatThrownBy(() -> BundleText.parse(new byte[BundleText.BYTES_MAX + 1]))
        .isInstanceOfSatisfying(
            BundleRefused.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
  }

  @Test
  void shouldSayWhoseSignatureItMisses() {
    assertThatThrownBy(() -> BundleCheck.signature(bundle, signers(OfficerKey.fresh())))
        .hasMessageContaining(officer.id())
        .isInstanceOfSatisfying(
            BundleRefused.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_SIGNER));
  }

  @Test
  void shouldNotTakeASignatureOfAnythingElse() {
    Bytes ofYaml = officer.sign(YAML.getBytes(UTF_8));
    Bundle forged = new Bundle(7, bundle.stage(), bundle.signedAt(), bundle.keyId(), YAML, ofYaml);
    assertThatThrownBy(() -> BundleCheck.signature(forged, signers(officer)))
        .isInstanceOfSatisfying(
            BundleRefused.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_SIGNATURE));
  }

  @Test
  void shouldTellAPopNamedAllFromAllPops() {
    Stage one = Stage.parse("at all").orElseThrow();
    assertThat(one.includes(BOS)).isFalse();
    assertThat(Stage.parse("all").orElseThrow().includes(BOS)).isTrue();
    assertThat(Stage.parse(one.text())).contains(one);
  }

  @Test
  void shouldKeepAKeyAndNeverWriteOverOne(@TempDir Path directory) throws Exception {
    Path secret = directory.resolve("officer.key");
    Path shown = directory.resolve("officer.pub");
    officer.create(secret, shown);
    assertThat(OfficerKey.read(secret).id()).isEqualTo(officer.id());
    assertThatThrownBy(() -> OfficerKey.fresh().create(secret, directory.resolve("other.pub")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> OfficerKey.fresh().create(directory.resolve("new.key"), shown))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(directory.resolve("new.key")).doesNotExist();
    assertThat(OfficerKey.read(secret).id()).isEqualTo(officer.id());
    assertThatThrownBy(() -> OfficerKey.read(shown)).hasMessageContaining("no whole key");
  }
}
