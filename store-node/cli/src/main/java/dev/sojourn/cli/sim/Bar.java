package dev.sojourn.cli.sim;

import java.io.PrintWriter;
import java.util.Locale;

/** How far a check has come, drawn over itself on a terminal and nowhere else. Thread-safe. */
final class Bar {
  private static final int CELLS = 40;
  private static final long STEPS = 200;

  private final PrintWriter out;
  private final boolean terminal;
  private final long all;
  private long shown = -1;

  Bar(PrintWriter out, boolean terminal, long all) {
    this.out = out;
    this.terminal = terminal;
    this.all = all;
  }

  synchronized void show(long done) {
    long step = done * STEPS / all;
    if (terminal && step > shown) {
      shown = step;
      int cells = (int) (CELLS * done / all);
      String bar = "#".repeat(cells) + ".".repeat(CELLS - cells);
      out.print(String.format(Locale.ROOT, "\r  [%s] %d/%d", bar, done, all));
      out.flush();
    }
  }

  synchronized void clear() {
    if (terminal) {
      out.print("\r" + " ".repeat(CELLS + 30) + "\r");
      out.flush();
    }
  }
}
