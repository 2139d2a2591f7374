package dev.sojourn.sim.world;

import dev.sojourn.value.PopId;

/**
 * The death of a process, and when it is started again.
 *
 * @param kept what of the unsynced commits the disk turns out to have
 * @param downMillis until it is started again; {@link #UNTIL_HEALED} for not by itself
 */
public record Crash(PopId victim, Kept kept, long downMillis) {
  public static final long UNTIL_HEALED = Long.MAX_VALUE;

  /**
   * How much of what was written and not synced survives: always the beginning of it, since a log
   * is written in order.
   */
  public enum Kept {
    NOTHING,
    HALF,
    EVERYTHING
  }

  public static Crash of(PopId victim) {
    return new Crash(victim, Kept.NOTHING, 2_000);
  }
}
