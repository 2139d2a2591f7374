package dev.sojourn.server.policy;

import java.util.function.LongSupplier;

/**
 * How often decisions and the policy in shadow have differed since it was put there, in this
 * process. Thread-safe, if what it is made of is.
 */
public final class Shadows {
  private final LongSupplier narrowerEver;
  private final LongSupplier widerEver;
  private volatile Differences before = new Differences(0, 0);

  /**
   * @param narrower how often the policy in shadow would have allowed less
   * @param wider how often it would have allowed more
   */
  public record Differences(long narrower, long wider) {}

  /**
   * @param narrowerEver how often since the start of the process
   * @param widerEver the same of the other direction
   */
  public Shadows(LongSupplier narrowerEver, LongSupplier widerEver) {
    this.narrowerEver = narrowerEver;
    this.widerEver = widerEver;
  }

  void begin() {
    before = ever();
  }

  Differences differences() {
    // Before what it is taken from: in the other order a policy that is put in shadow between the
    // two could make less than none.
    Differences first = before;
    Differences now = ever();
    return new Differences(now.narrower() - first.narrower(), now.wider() - first.wider());
  }

  private Differences ever() {
    return new Differences(narrowerEver.getAsLong(), widerEver.getAsLong());
  }
}
