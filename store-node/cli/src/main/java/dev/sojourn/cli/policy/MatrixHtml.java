package dev.sojourn.cli.policy;

import com.google.common.html.HtmlEscapers;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.Verdict;
import dev.sojourn.policy.report.Matrix;
import dev.sojourn.policy.report.Matrix.Line;
import dev.sojourn.policy.report.Matrix.Sheet;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** A matrix as a page of its own that prints: every country is named, nothing is loaded. */
final class MatrixHtml {
  private static final String STYLE =
      "body{font:14px sans-serif;margin:2em}table{border-collapse:collapse;margin-bottom:2em}"
          + "th,td{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}"
          + "th{background:#eee}td small{color:#555;display:block}.store{background:#e3f3e3}"
          + ".deny{background:#f8e0e0}tr{break-inside:avoid}";

  private final PrintWriter out;

  MatrixHtml(PrintWriter out) {
    this.out = out;
  }

  void print(String file, List<Matrix> all) {
    String title = "Residency policy " + escape(file);
    out.println("<!doctype html>");
    out.println("<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title + "</title>");
    out.println("<style>" + STYLE + "</style></head><body>");
    out.println("<h1>" + title + "</h1>");
    out.println(
        "<p>What is stored and seen where, for every residency and class. Not legal advice: whether"
            + " this is what a law asks for, this page cannot tell.</p>");
    for (Matrix matrix : all) {
      out.println(
          "<h2>"
              + escape(matrix.namespace().name())
              + ", version "
              + escape(matrix.version())
              + "</h2>");
      matrix.sheets().forEach(this::print);
    }
    out.println("</body></html>");
  }

  private void print(Sheet sheet) {
    out.println("<h3>Class " + escape(sheet.dataClass().name()) + "</h3>");
    out.println("<table><tr><th>Residency</th>");
    for (List<PopId> column : sheet.columns()) {
      String pops = column.stream().map(PopId::name).collect(Collectors.joining(", "));
      out.println("<th>" + escape(pops) + "</th>");
    }
    out.println("</tr>");
    for (Line line : sheet.lines()) {
      String names =
          line.residencies().stream().map(MatrixHtml::name).collect(Collectors.joining(", "));
      out.println("<tr><td>" + escape(names) + "</td>");
      line.cells().forEach(cell -> out.println(cell(cell)));
      out.println("</tr>");
    }
    out.println("</table>");
  }

  private static String cell(Decision decision) {
    String kind =
        decision.mayStore() ? "store" : decision.verdict() == Verdict.DENY ? "deny" : "part";
    return "<td class=\""
        + kind
        + "\">"
        + Words.of(decision)
        + "<small>"
        + escape(Words.ground(decision))
        + "</small></td>";
  }

  private static String name(Country country) {
    return country.equals(Country.UNKNOWN) ? "unknown" : Countries.nameOf(country);
  }

  private static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}
