package dev.sojourn.cli.demo;

import dev.sojourn.cli.demo.data.Journey;
import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.cli.demo.report.Paint;
import dev.sojourn.cli.demo.report.Request;
import dev.sojourn.cli.demo.report.StorySummary;
import dev.sojourn.cli.demo.report.Summary;
import dev.sojourn.cli.demo.report.TextReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What the demo says while it runs and at its end. Progress is drawn over itself on a terminal, and
 * told in a few lines elsewhere.
 */
final class Screen {
  private static final int BAR_CELLS = 30;
  private static final int QUARTERS = 4;

  private final PrintWriter out;
  private final boolean terminal;
  private final TextReport report;
  private int toldQuarters;

  Screen(PrintWriter out, boolean terminal, Paint paint) {
    this.out = out;
    this.terminal = terminal;
    this.report = new TextReport(paint);
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Done {@code done} of {@code all}; a line of its own is left behind at the end. */
  void progress(String what, int done, int all) {
    int quarters = QUARTERS * done / all;
    if (terminal) {
      int cells = BAR_CELLS * done / all;
      String bar = "#".repeat(cells) + ".".repeat(BAR_CELLS - cells);
      out.print(String.format(Locale.ROOT, "\r  %-28s [%s] %d/%d", what, bar, done, all));
      if (done == all) {
        out.println();
      }
    } else if (quarters > toldQuarters) {
      out.println(String.format(Locale.ROOT, "  %-28s %d/%d", what, done, all));
    }
    toldQuarters = done == all ? 0 : quarters;
    out.flush();
  }

  void show(Demo.Findings findings) {
    act(Journey.all(Site.all()), findings.requests(), findings.summary().promises());
    say("");
    report.storyHeading().forEach(this::say);
    StorySummary story = findings.story();
    act(List.of(Journey.story(Site.ofTheStory())), story.requests(), story.promises());
    say("");
    say(
        findings.allHeld()
            ? "  Every promise held."
            : "  A promise was broken: see the lines above.");
  }

  private void act(List<Journey> journeys, List<Request> requests, List<Summary.Promise> promises) {
    report.table(journeys, requests).forEach(this::say);
    say("");
    report.verdict(promises).forEach(this::say);
  }
}
