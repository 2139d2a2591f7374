package dev.sojourn.cli.demo.report;

import dev.sojourn.cli.demo.data.Journey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demo's table and figures, for a person. 80 columns; words carry all that colours say. */
public final class TextReport {
  private static final String ROW = "  %-10s %-11s %-3s %-5s %s %s %s %s";

  private final Paint paint;

  public TextReport(Paint paint) {
    this.paint = paint;
  }

  /** One line for each request, by traveller. */
  public List<String> table(List<Journey> journeys, List<Request> requests) {
    List<String> lines = new ArrayList<>();
    for (Journey journey : journeys) {
      lines.add("");
      lines.add(paint.bold("  A " + journey.title()));
      lines.add(paint.faint(header()));
      LocalDate lastDay = LocalDate.MIN;
      String lastPlace = "";
      for (Request request : requests) {
        if (request.traveller() != journey.traveller()) {
          continue;
        }
        boolean sameStop = request.day().equals(lastDay) && request.place().equals(lastPlace);
        lines.add(row(request, sameStop));
        lastDay = request.day();
        lastPlace = request.place();
      }
    }
    return lines;
  }

  /** What the second act is about. */
  public List<String> storyHeading() {
    return List.of(
        paint.bold("  The second act: a policy between a session and its user"),
        "  A rule lets what she does be seen anywhere, and rest in the United States alone.",
        "  The story is made up; its sites are real, and their round-trip times modelled.");
  }

  /** Two lines for each promise. */
  public List<String> verdict(List<Summary.Promise> promises) {
    List<String> lines = new ArrayList<>();
    for (Summary.Promise promise : promises) {
      String mark = promise.held() ? paint.green("held  ") : paint.red("BROKEN");
      lines.add(String.format(Locale.ROOT, "  %s  %s", mark, paint.bold(promise.name())));
      lines.add("          " + promise.figures());
    }
    return lines;
  }

  private static String header() {
    return String.format(
        Locale.ROOT,
        ROW,
        "day",
        "place",
        "POP",
        "what",
        String.format("%-10s", "how"),
        "RTs",
        String.format("%7s  %-12s", "ms", "in RTTs"),
        "ep.ver");
  }

  private String row(Request request, boolean sameStop) {
    return String.format(
        Locale.ROOT,
        ROW,
        sameStop ? "" : request.day(),
        sameStop ? "" : shortened(request.place(), 11),
        request.pop(),
        request.write() ? "write" : "read",
        how(request),
        String.format(Locale.ROOT, "%2d ", request.roundTrips()),
        latency(request),
        request.epoch() + "." + request.version());
  }

  private String how(Request request) {
    String word = request.how().name().toLowerCase(Locale.ROOT);
    String padded =
        String.format("%-10s", word + request.link().map(link -> " " + link.owner()).orElse(""));
    return switch (request.how()) {
      case LOCAL -> paint.green(padded);
      case MOVED -> paint.cyan(padded);
      case REMOTE -> paint.yellow(padded);
      case CREATED -> paint.bold(padded);
    };
  }

  private static String latency(Request request) {
    double millis = request.latency().toNanos() / 1e6;
    String inRtts =
        request
            .link()
            .map(
                link ->
                    String.format(
                        Locale.ROOT,
                        "%.2f x %.1f",
                        link.ratioOf(request.latency()),
                        link.applied().toNanos() / 1e6))
            .orElse("");
    return String.format(Locale.ROOT, "%7.2f  %-12s", millis, inRtts);
  }

  private static String shortened(String text, int lengthMax) {
    return text.length() <= lengthMax ? text : text.substring(0, lengthMax - 1) + ".";
  }
}
