package dev.sojourn.sim.input;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlProblems;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * A CSV file with a header line: UTF-8, comma, values in double quotes where they need it (RFC
 * 4180, but no value goes over the end of a line). Read line by line, so it may be large.
 */
public final class CsvFile {
  private final String name;
  private final Opener opener;
  private final YamlProblems problems;

  /** Opens the file anew each time. */
  public interface Opener {
    InputStream open() throws IOException;
  }

  /**
   * @param name as the user named it; one that ends in {@code .gz} is unpacked
   */
  public CsvFile(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
    this.problems = YamlProblems.of(name);
  }

  public String name() {
    return name;
  }

  /** What is wrong with it. */
  public YamlProblems problems() {
    return problems;
  }

  /** The header line; what keeps it from being read is a problem. */
  public Optional<CsvRow> header() {
    try (BufferedReader in = reader()) {
      String first = in.readLine();
      if (first == null) {
        problems.add(Span.START, "the file is empty", "its first line must name the columns");
        return Optional.empty();
      }
      return Optional.of(CsvRow.parse(1, withoutMark(first)));
    } catch (IOException e) {
      unreadable(1, e);
      return Optional.empty();
    }
  }

  /**
   * The number of the column called {@code column}; that there is none is a problem.
   *
   * @param remedy what else the user may do
   */
  public int column(CsvRow header, String column, String remedy) {
    int found = header.values().indexOf(column);
    if (found < 0) {
      problems.add(
          header.span(0),
          "there is no column `" + column + "`; there are: " + String.join(", ", header.values()),
          remedy);
    }
    return found;
  }

  /** Shows every line below the header; one that has too few or too many values is a problem. */
  public void rows(Consumer<CsvRow> each) {
    int line = 1;
    try (BufferedReader in = reader()) {
      String text = in.readLine();
      int columns = text == null ? 0 : CsvRow.parse(1, withoutMark(text)).values().size();
      for (text = in.readLine(); text != null; text = in.readLine()) {
        line++;
        if (text.isBlank()) {
          continue;
        }
        CsvRow row = CsvRow.parse(line, text);
        if (row.values().size() == columns) {
          each.accept(row);
        } else {
          problems.add(
              new Span(line, 1, text.length()),
              "this line has " + row.values().size() + " values, and the header " + columns,
              "the file may be cut off here, or a value with a comma in it lacks its quotes");
        }
      }
    } catch (IOException e) {
      unreadable(line, e);
    }
  }

  /** All lines below the header, of a small file. */
  public ImmutableList<CsvRow> rows() {
    ImmutableList.Builder<CsvRow> all = ImmutableList.builder();
    rows(all::add);
    return all.build();
  }

  private BufferedReader reader() throws IOException {
    InputStream in = opener.open();
    InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
  }

  private void unreadable(int line, IOException e) {
    Span span = new Span(line, 1, 1);
    if (e instanceof CharacterCodingException) {
      problems.add(span, "not UTF-8 near here", "save the file as UTF-8");
    } else if (e instanceof java.io.EOFException || e instanceof java.util.zip.ZipException) {
      problems.add(span, "the packed file ends too early or is damaged", "copy it again");
    } else {
      problems.add(span, "cannot be read: " + e.getClass().getSimpleName(), "see that it is there");
    }
  }

  private static String withoutMark(String first) {
    return first.startsWith("\ufeff") ? first.substring(1) : first;
  }
}
