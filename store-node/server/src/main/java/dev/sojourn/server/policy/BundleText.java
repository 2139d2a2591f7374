package dev.sojourn.server.policy;

import dev.sojourn.server.policy.BundleRefused.Kind;
import dev.sojourn.value.Bytes;
import dev.sojourn.yaml.YamlReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one form of a bundle, for people and programs alike:
 *
 * <pre>
 * sojourn policy bundle 1
 * version: 7
 * stage: at bos,nyc
 * signed: 2026-12-01T09:00:00Z
 * key: 0f3c5a7e9b1d2468
 * signature: BASE64
 *
 * THE POLICY, TO THE LETTER
 * </pre>
 *
 * <p>The signature (Ed25519) is of the same text without its own line. No value of the head can
 * hold a line break, so no two bundles have one signed text; and the first line stands in nothing
 * else that a key of ours signs. What is read must be what would be written: there is no second
 * spelling.
 */
public final class BundleText {
  private static final String FIRST = "sojourn policy bundle 1";
  private static final int HEAD_BYTES_MAX = 16 << 10;
  private static final Pattern FORM =
      Pattern.compile(
          FIRST
              + "\nversion: ([1-9][0-9]{0,17})\nstage: (.*)\nsigned: (.*)\nkey: ([0-9a-f]{16})"
              + "\nsignature: ([A-Za-z0-9+/]{86}==)\n\n");

  /** More than any policy that can be read, and its head, take. */
  public static final int BYTES_MAX = YamlReader.BYTES_MAX + HEAD_BYTES_MAX;

  private BundleText() {}

  /** Makes a bundle, signed. */
  public static Bundle sign(
      long version, Stage stage, Instant now, String yaml, OfficerKey officer) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    Bundle unsigned = new Bundle(version, stage, second, officer.id(), yaml, Bytes.EMPTY);
    return new Bundle(
        version, stage, second, officer.id(), yaml, officer.sign(signedPart(unsigned)));
  }

  static String of(Bundle bundle) {
    String signature = Base64.getEncoder().encodeToString(bundle.signature().unsafeArray());
    return head(bundle) + "signature: " + signature + "\n\n" + bundle.yaml();
  }

  /** What the signature is of. */
  static byte[] signedPart(Bundle bundle) {
    return (head(bundle) + "\n" + bundle.yaml()).getBytes(StandardCharsets.UTF_8);
  }

  private static String head(Bundle bundle) {
    return String.join(
        "\n",
        List.of(
            FIRST,
            "version: " + bundle.version(),
            "stage: " + bundle.stage().text(),
            "signed: " + bundle.signedAt(),
            "key: " + bundle.keyId(),
            ""));
  }

  /** Reads a bundle; whose signature it bears, if any, is not looked at. */
  public static Bundle parse(byte[] bytes) throws BundleRefused {
    if (bytes.length > BYTES_MAX) {
      throw new BundleRefused(
          Kind.TOO_LARGE, "the bundle is larger than " + BYTES_MAX + " bytes; split the policy");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      Matcher head = FORM.matcher(text);
      if (head.lookingAt()) {
        Bundle bundle =
            new Bundle(
                Long.parseLong(head.group(1)),
                Stage.parse(head.group(2)).orElseThrow(BundleText::unreadable),
                Instant.parse(head.group(3)),
                head.group(4),
                text.substring(head.end()),
                Bytes.wrap(Base64.getDecoder().decode(head.group(5))));
        if (of(bundle).equals(text)) {
          return bundle;
        }
      }
    } catch (CharacterCodingException | DateTimeException | IllegalArgumentException notOne) {
      // Told below.
    }
    throw unreadable();
  }

  private static BundleRefused unreadable() {
    return new BundleRefused(
        Kind.UNREADABLE, "this is no whole bundle of this release; send what `policy push` makes");
  }
}
