package dev.sojourn.core;

/** The versions of the record format: a POP grants only what the asker can hold (rule R24). */
public final class RecordFormat {
  /** What every payload needs at least. */
  public static final int FIRST = 1;

  /** Has breaks. */
  static final int BREAKS = 2;

  /** Has a pointer to what was left behind. */
  static final int SPLIT = 3;

  /** The newest that this release can hold: 2 has breaks, 3 is of split sessions. */
  public static final int CURRENT = SPLIT;

  private RecordFormat() {}
}
