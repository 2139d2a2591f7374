package dev.sojourn.cli.policy;

import dev.sojourn.policy.Decision;
import dev.sojourn.policy.report.Matrix;
import dev.sojourn.policy.report.Matrix.Line;
import dev.sojourn.policy.report.Matrix.Sheet;
import dev.sojourn.value.PopId;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A matrix as text, in columns; the rules behind the decisions are below it. */
final class MatrixTable {
  private static final String GAP = "  ";

  private final PrintWriter out;

  MatrixTable(PrintWriter out) {
    this.out = out;
  }

  void print(List<Matrix> all) {
    boolean isFirst = true;
    for (Matrix matrix : all) {
      for (Sheet sheet : matrix.sheets()) {
        if (!isFirst) {
          out.println();
        }
        isFirst = false;
        out.println(
            "namespace "
                + matrix.namespace()
                + ", class "
                + sheet.dataClass().name()
                + " (policy "
                + matrix.version()
                + ")");
        print(sheet);
      }
    }
  }

  private void print(Sheet sheet) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("residency"));
    sheet
        .columns()
        .forEach(column -> head.add(Words.list(column.stream().map(PopId::name).toList())));
    rows.add(head);
    for (Line line : sheet.lines()) {
      List<String> row = new ArrayList<>(List.of(Words.countries(line.residencies())));
      line.cells().forEach(cell -> row.add(cell(cell)));
      rows.add(row);
    }
    int[] widths = new int[head.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        text.append(GAP).append(cell).append(" ".repeat(widths[i] - cell.length()));
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private static String cell(Decision decision) {
    String rules = Words.rules(decision);
    return Words.of(decision) + (rules.isEmpty() ? "" : " (" + rules + ")");
  }
}
