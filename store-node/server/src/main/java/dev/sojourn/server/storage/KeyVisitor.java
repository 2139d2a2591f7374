package dev.sojourn.server.storage;

import dev.sojourn.value.KeyHash;

/** Looks at keys one after the other. It may block, which slows down nothing but its own scan. */
@FunctionalInterface
public interface KeyVisitor {
  /**
   * @return whether to go on
   */
  boolean visit(KeyHash key);
}
