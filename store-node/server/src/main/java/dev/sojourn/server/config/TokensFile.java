package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import dev.sojourn.server.config.CallerTokens.Entry;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Namespace;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads and writes {@code tokens.yaml}. */
public final class TokensFile {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private TokensFile() {}

  /**
   * @throws InvalidYamlException if the file cannot be read or is not a tokens file
   */
  public static CallerTokens read(Path file) throws InvalidYamlException {
    YamlProblems problems = YamlProblems.of(file.toString());
    Optional<CallerTokens> tokens = read(file, problems);
    problems.throwIfAny();
    return tokens.orElseThrow();
  }

  static Optional<CallerTokens> read(Path file, YamlProblems problems) {
    return ConfigFile.read(file, problems)
        .flatMap(bytes -> YamlReader.read(bytes, problems))
        .flatMap(TokensFile::tokens);
  }

  /** Replaces the file as a whole, or makes it. */
  public static void write(Path file, CallerTokens tokens) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, render(tokens));
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String render(CallerTokens tokens) {
    StringBuilder text = new StringBuilder();
    text.append("# Who may call the edge gateway. Made by `sojourn tokens`; see");
    text.append(" docs/configuration.md.\ntokens:\n");
    for (Entry entry : tokens.entries()) {
      text.append("  - namespace: ").append(entry.namespace());
      text.append("\n    created: ").append(entry.created());
      text.append("\n    digest: ").append(entry.digest().toHex()).append('\n');
    }
    return text.toString();
  }

  private static Optional<CallerTokens> tokens(YamlFields root) {
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    var list = root.require("tokens");
    for (var item : list.list()) {
      item.mapping().flatMap(TokensFile::entry).ifPresent(entries::add);
    }
    root.finish();
    if (!root.problems().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CallerTokens(entries.build()));
    } catch (IllegalArgumentException e) {
      list.refuse(String.valueOf(e.getMessage()), "take one of them out");
      return Optional.empty();
    }
  }

  private static Optional<Entry> entry(YamlFields fields) {
    Optional<Namespace> namespace = fields.require("namespace").text(Namespace::new);
    Optional<LocalDate> created = fields.require("created").text(KeysFile::date);
    Optional<Bytes> digest = fields.require("digest").text(TokensFile::digest);
    fields.finish();
    return namespace.flatMap(n -> created.flatMap(c -> digest.map(d -> new Entry(n, c, d))));
  }

  private static Bytes digest(String text) {
    if (!DIGEST.matcher(text).matches()) {
      throw new IllegalArgumentException("not a SHA-256 digest: 64 digits of 0-9 a-f");
    }
    return Bytes.fromHex(text);
  }
}
