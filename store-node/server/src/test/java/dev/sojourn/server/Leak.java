package dev.sojourn.server;

import dev.sojourn.value.PopId;

/**
 * A value that was found where it may not be.
 *
 * @param pop where; of a log line, any
 */
record Leak(Place place, PopId pop, SearchedNodes.Secret secret) {
  enum Place {
    /** A file of a data directory, as it lies there. */
    FILES,
    /** A table or the log of a store, as it is read. */
    RECORDS,
    /** What came over the lines from other POPs. */
    FRAMES,
    /** What clients were answered. */
    ANSWERS,
    LOGS,
    /** The pages of the admin port. */
    PAGES
  }
}
