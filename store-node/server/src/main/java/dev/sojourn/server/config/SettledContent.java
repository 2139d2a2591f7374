package dev.sojourn.server.config;

import dev.sojourn.yaml.YamlProblems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells once of each new content of a file, each time that it is asked; some tick of the node asks.
 * It compares the content and not the time of change, which two quick edits can share. A new
 * content counts only once two looks in a row have found it, so that a file which is being written
 * is not taken for what it will be. Not thread-safe.
 */
final class SettledContent {
  private final Path file;
  private Optional<byte[]> seen = Optional.empty();
  private boolean isSettled;

  SettledContent(Path file) {
    this.file = file;
  }

  /** A content that was just read, settled, and not told before. */
  record News(Optional<byte[]> content, YamlProblems problems) {}

  Optional<News> look() {
    YamlProblems problems = YamlProblems.of(file.toString());
    Optional<byte[]> content = ConfigFile.read(file, problems);
    boolean isSame =
        content.isPresent() == seen.isPresent()
            && Arrays.equals(
                content.orElseGet(() -> new byte[0]), seen.orElseGet(() -> new byte[0]));
    boolean isNews = isSame && !isSettled;
    seen = content;
    isSettled = isSame;
    return isNews ? Optional.of(new News(content, problems)) : Optional.empty();
  }
}
