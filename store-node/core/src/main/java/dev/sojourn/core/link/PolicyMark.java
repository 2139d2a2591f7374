package dev.sojourn.core.link;

import dev.sojourn.value.Bytes;

/**
 * Names one signed policy among all that there ever were. The greater of two stands, at every POP:
 * of two with one version that is the one with the greater digest, so that two officers who sign at
 * once leave all POPs with the same.
 *
 * @param version at least 1, or 0 where there is none
 * @param digest SHA-256 of the whole bundle, or empty where there is none
 */
public record PolicyMark(long version, Bytes digest) implements Comparable<PolicyMark> {
  public static final int DIGEST_LENGTH = 32;

  /** Of a POP that has taken none yet. */
  public static final PolicyMark NONE = new PolicyMark(0, Bytes.EMPTY);

  public PolicyMark {
    if (version < 0 || digest.length() != (version == 0 ? 0 : DIGEST_LENGTH)) {
      throw new IllegalArgumentException(
          "version " + version + " of a policy with a digest of " + digest.length() + " bytes");
    }
  }

  @Override
  public int compareTo(PolicyMark other) {
    int byVersion = Long.compare(version, other.version);
    return byVersion != 0 ? byVersion : digest.compareTo(other.digest);
  }

  public boolean isNewerThan(PolicyMark other) {
    return compareTo(other) > 0;
  }

  @Override
  public String toString() {
    return version == 0 ? "none" : version + " (" + digest.toHex().substring(0, 12) + ")";
  }
}
