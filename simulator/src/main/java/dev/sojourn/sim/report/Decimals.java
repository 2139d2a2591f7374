package dev.sojourn.sim.report;

import java.math.BigDecimal;

/** Numbers that are written alike by every JDK, which those of {@code double} are not. */
final class Decimals {
  private Decimals() {}

  /**
   * @param places at most 6, or it would be written with an exponent
   */
  static BigDecimal of(double value, int places) {
    return BigDecimal.valueOf(Math.round(value * Math.pow(10, places)), places);
  }

  static BigDecimal millis(long micros) {
    return BigDecimal.valueOf(micros, 3);
  }
}
