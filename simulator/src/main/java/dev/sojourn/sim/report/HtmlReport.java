package dev.sojourn.sim.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run has shown, as one page that needs no network: libraries, map and data are inside. */
final class HtmlReport {
  private static final String FOLDER = "/dev/sojourn/sim/page/";
  private static final Pattern PART = Pattern.compile("\\{\\{([A-Za-z0-9.-]+)}}");

  private HtmlReport() {}

  /**
   * @param json as {@link JsonReport} writes it: no {@code <} in it, so it cannot end its element
   */
  static String of(String json) throws IOException {
    String page = read("report.html");
    StringBuilder whole = new StringBuilder(page.length() + json.length() + (1 << 19));
    Matcher part = PART.matcher(page);
    int at = 0;
    while (part.find()) {
      whole.append(page, at, part.start());
      String name = part.group(1);
      whole.append(name.equals("data") ? json : read(isOurs(name) ? name : "vendor/" + name));
      at = part.end();
    }
    return whole.append(page, at, page.length()).toString();
  }

  private static boolean isOurs(String name) {
    return name.startsWith("report.");
  }

  private static String read(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException(FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
