package dev.sojourn.server.config;

import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file's bytes, or says in a person's words why they cannot be read. */
final class ConfigFile {
  private ConfigFile() {}

  static Optional<byte[]> read(Path file, YamlProblems problems) {
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than a reader takes is enough for it to see that there is too much.
      return Optional.of(in.readNBytes(YamlReader.BYTES_MAX + 1));
    } catch (NoSuchFileException e) {
      problems.add(Span.START, "cannot be read: there is no such file");
    } catch (AccessDeniedException e) {
      problems.add(Span.START, "cannot be read: this user may not");
    } catch (IOException e) {
      problems.add(Span.START, "cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }
}
