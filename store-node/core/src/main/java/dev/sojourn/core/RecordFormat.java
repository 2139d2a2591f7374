package dev.sojourn.core;

/** The versions of the record format: a POP grants only what the asker can hold (rule R24). */
public final class RecordFormat {
  /** What every payload needs at least. */
  public static final int FIRST = 1;

  /** The newest that this release can hold: 2 has breaks. */
  public static final int CURRENT = 2;

  private RecordFormat() {}
}
