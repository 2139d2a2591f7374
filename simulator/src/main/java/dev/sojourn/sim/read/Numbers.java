package dev.sojourn.sim.read;

import dev.sojourn.sim.input.CsvFile;
import dev.sojourn.sim.input.CsvRow;
import java.util.Optional;

/** Reads numbers out of CSV files, with the place of one that will not do. */
final class Numbers {
  private Numbers() {}

  static Optional<Double> degrees(CsvFile csv, CsvRow row, int column, double max) {
    String which = max == 90 ? "latitude" : "longitude";
    return read(
        csv,
        row,
        column,
        -max,
        max,
        "is no " + which,
        "degrees from -" + (int) max + " to " + (int) max + ", such as `48.8566`");
  }

  static Optional<Double> number(CsvFile csv, CsvRow row, int column, double min, double max) {
    return read(csv, row, column, min, max, "will not do", "a number from " + min + " to " + max);
  }

  private static Optional<Double> read(
      CsvFile csv, CsvRow row, int column, double min, double max, String why, String remedy) {
    String text = row.values().get(column);
    try {
      double value = Double.parseDouble(text);
      if (value >= min && value <= max) {
        return Optional.of(value);
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the one message below.
    }
    csv.problems().add(row.span(column), "`" + text + "` " + why, remedy);
    return Optional.empty();
  }
}
