package dev.sojourn.cli.demo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A small CSV resource of this module: a header line, no quotes. */
final class Table {
  private Table() {}

  /**
   * The rows of a resource beside {@code dev.sojourn.cli.demo}, without the header.
   *
   * @throws IllegalStateException if the resource is missing or does not have these columns
   */
  static List<String[]> rowsOf(String resource, String columns) {
    String path = "/dev/sojourn/cli/demo/" + resource;
    InputStream in = Table.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException("the demo's data file `" + path + "` is not in the jar");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      if (!columns.equals(reader.readLine())) {
        throw new IllegalStateException("`" + path + "` must have the columns " + columns);
      }
      List<String[]> rows = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        rows.add(line.split(",", -1));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
