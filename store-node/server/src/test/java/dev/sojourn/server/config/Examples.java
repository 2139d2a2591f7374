package dev.sojourn.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The three files of docs/configuration.md, laid out in a directory where they load. */
final class Examples {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private final Path directory;

  Examples(Path directory) throws IOException {
    this.directory = directory;
    List<String> files =
        YAML.matcher(documentation()).results().map((MatchResult found) -> found.group(1)).toList();
    Files.createDirectory(directory.resolve("tls"));
    for (String name : List.of("tls/node.crt", "tls/node.key", "tls/clients.crt", "tls/pops.crt")) {
      write(name, "");
    }
    write("node.yaml", files.get(0));
    write("topology.yaml", files.get(1));
    write("keys.yaml", files.get(2));
    write("tokens.yaml", files.get(3));
    write("policy.yaml", policy());
    write("signers.pem", OfficerPem.PUBLIC);
    closeToOthers();
  }

  /** The file that docs/policy.md shows. */
  private static String policy() throws IOException {
    return YAML.matcher(Files.readString(Path.of("../../docs/policy.md")))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  static String documentation() throws IOException {
    return Files.readString(Path.of("../../docs/configuration.md"));
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  String read(String name) throws IOException {
    return Files.readString(path(name));
  }

  void write(String name, String content) throws IOException {
    Files.write(path(name), content.getBytes(UTF_8));
  }

  void replace(String name, String old, String with) throws IOException {
    String content = read(name);
    if (!content.contains(old)) {
      throw new AssertionError("the example " + name + " has no `" + old + "`");
    }
    write(name, content.replace(old, with));
  }

  void closeToOthers() throws IOException {
    Files.setPosixFilePermissions(path("keys.yaml"), PosixFilePermissions.fromString("rw-------"));
  }
}
