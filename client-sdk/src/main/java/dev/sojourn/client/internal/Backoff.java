package dev.sojourn.client.internal;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: a random time below a bound that doubles with each
 * failure ("full jitter"), so that clients that failed together do not come back together.
 */
record Backoff(long firstMillis, long mostMillis) {
  static final Backoff RETRY = new Backoff(10, 500);
  static final Backoff RECONNECT = new Backoff(20, 1_000);

  /**
   * @param failuresBefore how often it failed before this failure, from 0
   * @param atLeastMillis what the node asked for; the random time comes on top of it
   */
  long millis(int failuresBefore, long atLeastMillis) {
    long bound = Math.min(mostMillis, firstMillis << Math.min(failuresBefore, 20));
    return atLeastMillis + 1 + ThreadLocalRandom.current().nextLong(bound);
  }
}
