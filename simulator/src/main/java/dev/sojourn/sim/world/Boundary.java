package dev.sojourn.sim.world;

import dev.sojourn.value.PopId;

/**
 * A point between two effects of a POP, where it may die.
 *
 * @param index counts the boundaries of a run from 0, so that a fault can name this one again
 * @param what is about to be done, or has just been done, in a few words
 */
public record Boundary(long index, PopId pop, Moment moment, String what) {
  /** Where a POP stands in carrying out effects. */
  public enum Moment {
    /** Before one effect of a list. */
    BEFORE_EFFECT,
    /** The commit is known to the core, not to the disk. */
    BEFORE_SUBMIT,
    /** The disk has the commit and has not synced it. */
    BEFORE_SYNC,
    /** The commit is durable; nothing that waited for it has been done. */
    AFTER_SYNC,
    /** All that waited for the commit has been done. */
    AFTER_EFFECTS
  }

  @Override
  public String toString() {
    return "boundary " + index + ", " + pop + " " + moment + " " + what;
  }
}
