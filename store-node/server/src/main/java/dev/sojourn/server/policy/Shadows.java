package dev.sojourn.server.policy;

import java.util.function.LongSupplier;

/**
 * How often decisions and the policy in shadow have differed since it was put there, in this
 * process. Not thread-safe.
 */
public final class Shadows {
  private final LongSupplier narrowerEver;
  private final LongSupplier widerEver;
  private long narrowerBefore;
  private long widerBefore;

  /**
   * @param narrowerEver how often since the start of the process
   * @param widerEver the same of the other direction
   */
  public Shadows(LongSupplier narrowerEver, LongSupplier widerEver) {
    this.narrowerEver = narrowerEver;
    this.widerEver = widerEver;
  }

  void begin() {
    narrowerBefore = narrowerEver.getAsLong();
    widerBefore = widerEver.getAsLong();
  }

  long narrower() {
    return narrowerEver.getAsLong() - narrowerBefore;
  }

  long wider() {
    return widerEver.getAsLong() - widerBefore;
  }
}
