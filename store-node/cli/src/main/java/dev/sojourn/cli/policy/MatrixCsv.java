package dev.sojourn.cli.policy;

import dev.sojourn.policy.Decision;
import dev.sojourn.policy.report.Matrix;
import dev.sojourn.policy.report.Matrix.Line;
import dev.sojourn.policy.report.Matrix.Sheet;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.io.PrintWriter;
import java.util.List;

/** A matrix with a line for every decision; no value of it needs quotes. */
final class MatrixCsv {
  private final PrintWriter out;

  MatrixCsv(PrintWriter out) {
    this.out = out;
  }

  void print(List<Matrix> all) {
    out.println("policy,namespace,class,residency,pop,store,access,else,rule");
    for (Matrix matrix : all) {
      for (Sheet sheet : matrix.sheets()) {
        String start =
            matrix.version() + "," + matrix.namespace() + "," + sheet.dataClass().name() + ",";
        sheet.lines().forEach(line -> print(start, sheet, line));
      }
    }
  }

  private void print(String start, Sheet sheet, Line line) {
    for (Country residency : line.residencies()) {
      for (int i = 0; i < sheet.columns().size(); i++) {
        Decision decision = line.cells().get(i);
        for (PopId pop : sheet.columns().get(i)) {
          String country = residency.equals(Country.UNKNOWN) ? "unknown" : residency.code();
          out.println(start + country + "," + pop + "," + answer(decision));
        }
      }
    }
  }

  private static String answer(Decision decision) {
    return (decision.mayStore() ? "yes," : "no,")
        + (decision.mayAccess() ? "yes," : "no,")
        + (decision.mayStore() ? "" : decision.verdict().word())
        + ","
        + Words.rules(decision).replace(", ", " ");
  }
}
