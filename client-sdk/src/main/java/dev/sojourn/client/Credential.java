package dev.sojourn.client;

/**
 * The hint as held now.
 *
 * @param hint never empty
 * @param maxAgeSeconds for how long it is good from when it came; 0 for one that the caller brought
 */
record Credential(String hint, long maxAgeSeconds) {
  /** Never the hint: whoever reads a log must not get hold of a session. */
  @Override
  public String toString() {
    return "a hint of " + hint.length() + " characters";
  }
}
