package dev.sojourn.cli.sim;

import dev.sojourn.sim.own.OwnRun.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a run has come: requests, the virtual time of day, and requests per second. Drawn over
 * itself on a terminal and nowhere else. Thread-safe.
 */
final class RunBar implements Progress {
  private static final int CELLS = 30;
  private static final long PAUSE_NANOS = 200_000_000;

  private final PrintWriter out;
  private final boolean terminal;
  private final long all;
  private final long startedNanos = System.nanoTime();
  private long done;
  private long shownNanos;

  RunBar(PrintWriter out, boolean terminal, long all) {
    this.out = out;
    this.terminal = terminal;
    this.all = Math.max(1, all);
  }

  @Override
  public synchronized void passed(long requests, long atMillis) {
    done += requests;
    long now = System.nanoTime();
    if (!terminal || now - shownNanos < PAUSE_NANOS) {
      return;
    }
    shownNanos = now;
    int cells = (int) Math.min(CELLS, CELLS * done / all);
    double seconds = Math.max(1e-3, (now - startedNanos) / 1e9);
    out.print(
        String.format(
            Locale.ROOT,
            "\r  [%s] %,d of %,d requests, at day %d %02d:%02d, %,.0f/s ",
            "#".repeat(cells) + ".".repeat(CELLS - cells),
            done,
            all,
            atMillis / 86_400_000 + 1,
            atMillis / 3_600_000 % 24,
            atMillis / 60_000 % 60,
            done / seconds));
    out.flush();
  }

  synchronized void clear() {
    if (terminal) {
      out.print("\r" + " ".repeat(100) + "\r");
      out.flush();
    }
  }

  synchronized double seconds() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }
}
