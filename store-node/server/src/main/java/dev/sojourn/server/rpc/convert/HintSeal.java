package dev.sojourn.server.rpc.convert;

import dev.sojourn.hint.Hint;

/** Makes of a hint what a client may see; given by whoever holds the keys and the clock. */
public interface HintSeal {
  Sealed seal(Hint hint);

  /**
   * @param text safe in a cookie
   * @param maxAgeSeconds for how long a client should keep it; at least 0
   */
  record Sealed(String text, long maxAgeSeconds) {
    /** Never the hint, which is a credential. */
    @Override
    public String toString() {
      return "a hint of " + text.length() + " characters";
    }
  }
}
