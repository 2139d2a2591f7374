package dev.sojourn.server.storage;

/** Takes the lines of the ledger one after the other. It may block, but for nobody else. */
@FunctionalInterface
public interface LedgerVisitor {
  /**
   * @return whether to go on
   */
  boolean visit(String line);
}
