package dev.sojourn.core;

/** The versions of the record format: a POP grants only what the asker can hold (rule R24). */
public final class RecordFormat {
  /** What this release writes, and the newest that it can hold. */
  public static final int CURRENT = 1;

  private RecordFormat() {}
}
