package dev.sojourn.sim.report;

import dev.sojourn.sim.run.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a run's reports into one folder. */
public final class ReportFolder {
  private ReportFolder() {}

  /**
   * Makes the folder if there is none; what it holds under these names is replaced.
   *
   * @param command that repeats the run
   */
  public static void write(Results results, String command, Path folder) throws IOException {
    Files.createDirectories(folder);
    String json = JsonReport.of(results, command);
    Files.write(folder.resolve("report.json"), json.getBytes(StandardCharsets.UTF_8));
    String page = HtmlReport.of(json);
    Files.write(folder.resolve("report.html"), page.getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, String> file : CsvReport.of(results).entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
    }
  }
}
