package dev.sojourn.server.policy;

import com.google.common.hash.Hashing;
import dev.sojourn.core.link.PolicyMark;
import dev.sojourn.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A signed policy: which, for where, and by whom. Immutable; {@link BundleText} has its form.
 *
 * @param version at least 1; the greater stands
 * @param signedAt to the second, by the officer's clock; nothing depends on it
 * @param keyId the signer's
 * @param yaml the policy, to the letter
 * @param signature over all of the above
 */
public record Bundle(
    long version, Stage stage, Instant signedAt, String keyId, String yaml, Bytes signature) {
  /** Its text, in UTF-8. */
  public byte[] bytes() {
    return BundleText.of(this).getBytes(StandardCharsets.UTF_8);
  }

  /** Its rank among all bundles. */
  public PolicyMark mark() {
    return new PolicyMark(version, Bytes.wrap(Hashing.sha256().hashBytes(bytes()).asBytes()));
  }

  @Override
  public String toString() {
    return "policy version " + version + " for " + stage.text() + " by " + keyId;
  }
}
