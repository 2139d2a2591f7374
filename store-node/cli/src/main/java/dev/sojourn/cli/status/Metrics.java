package dev.sojourn.cli.status;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The samples of one scrape in the text format of OpenMetrics, as far as it is needed here. */
public final class Metrics {
  private final Map<String, Double> samples = new LinkedHashMap<>();

  private Metrics() {}

  /** Lines that are not samples are skipped, so that a newer node's output does no harm. */
  public static Metrics parse(String text) {
    Metrics metrics = new Metrics();
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ', Math.max(0, line.lastIndexOf('}')));
      if (line.startsWith("#") || space <= 0) {
        continue;
      }
      // A timestamp may follow the value.
      String value = line.substring(space + 1).split(" ", 2)[0];
      try {
        metrics.samples.put(line.substring(0, space), Double.parseDouble(value));
      } catch (NumberFormatException e) {
        continue;
      }
    }
    return metrics;
  }

  public OptionalDouble value(String name) {
    Double value = samples.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Of a counter with one label: the values that are not zero, by the label's value. */
  Map<String, Long> byLabel(String name, String label) {
    String start = name + "{" + label + "=\"";
    Map<String, Long> values = new TreeMap<>();
    samples.forEach(
        (sample, value) -> {
          int end = sample.indexOf('"', start.length());
          if (sample.startsWith(start) && end > 0 && value != 0) {
            values.put(sample.substring(start.length(), end), Math.round(value));
          }
        });
    return values;
  }
}
