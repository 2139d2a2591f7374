package dev.sojourn.sim.world;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened, a line each, and a number that stands for all of it: two runs of one seed have the
 * same number, or something in them was not determined by the seed.
 */
public final class Trace {
  private final boolean kept;
  private final List<String> lines = new ArrayList<>();
  private long fingerprint = 0xcbf29ce484222325L;

  Trace(boolean kept) {
    this.kept = kept;
  }

  /** Whether lines are kept: building them costs more than the run itself. */
  boolean isKept() {
    return kept;
  }

  /**
   * @param line for people
   * @param whole all there is to say, for the fingerprint
   */
  void add(long atMillis, String line, Object whole) {
    if (!kept) {
      return;
    }
    lines.add(String.format("%7d  %s", atMillis, line));
    mix(line);
    mix(whole.toString());
  }

  private void mix(String text) {
    for (int i = 0; i < text.length(); i++) {
      fingerprint = (fingerprint ^ text.charAt(i)) * 0x100000001b3L;
    }
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  public long fingerprint() {
    return fingerprint;
  }
}
