package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.hint.HintKey;
import dev.sojourn.server.config.NodeKeys.DatedKey;
import dev.sojourn.value.Bytes;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import dev.sojourn.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads and writes {@code keys.yaml}. No message of it shows what the file holds. */
public final class KeysFile {
  // A group may read, for secrets that are mounted; it may not change them.
  private static final ImmutableSet<PosixFilePermission> TOO_OPEN =
      ImmutableSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.GROUP_WRITE);

  private KeysFile() {}

  /**
   * @throws InvalidYamlException if the file cannot be read, is open to other users, or is not a
   *     keys file
   */
  public static NodeKeys read(Path file) throws InvalidYamlException {
    YamlProblems problems = YamlProblems.ofSecret(file.toString());
    Optional<NodeKeys> keys = read(file, problems);
    problems.throwIfAny();
    return keys.orElseThrow();
  }

  static Optional<NodeKeys> read(Path file, YamlProblems problems) {
    Optional<byte[]> content = ConfigFile.read(file, problems);
    if (content.isEmpty() || !isClosedEnough(file, problems)) {
      return Optional.empty();
    }
    return YamlReader.read(content.get(), problems).flatMap(KeysFile::keys);
  }

  /**
   * Writes a new file that its owner alone may read.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one; it is left as it is
   */
  public static void create(Path file, NodeKeys keys) throws IOException {
    SecretFile.create(file, render(keys));
  }

  /**
   * Replaces the file as a whole: whoever reads it sees the old or the new one, even in a crash.
   */
  public static void replace(Path file, NodeKeys keys) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    SecretFile.create(beside, render(keys));
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String render(NodeKeys keys) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# The secrets that all POPs share. Whoever reads this file can make hints for any");
    text.append("\n# session. Made by `sojourn keys`; see docs/configuration.md.\n\n");
    text.append("# The first seals new hints, all open.\nhint-keys:\n");
    for (DatedKey dated : keys.hintKeys()) {
      text.append("  - id: ").append(dated.key().id());
      text.append("\n    created: ").append(dated.created());
      text.append("\n    secret: ").append(encode(dated.key().secret())).append('\n');
    }
    text.append("\n# Never change it: the names of all records are made of it.\nrecord-name-key: ");
    text.append(encode(keys.recordNameKey()));
    text.append("\n\n# With it POPs prove to each other who they are.\npeer-secret: ");
    text.append(encode(keys.peerSecret())).append('\n');
    return text.toString();
  }

  private static Optional<NodeKeys> keys(YamlFields root) {
    ImmutableList.Builder<DatedKey> hintKeys = ImmutableList.builder();
    Set<Integer> ids = new HashSet<>();
    YamlValue list = root.require("hint-keys");
    for (YamlValue item : list.list()) {
      item.mapping().flatMap(fields -> key(fields, ids)).ifPresent(hintKeys::add);
    }
    Optional<Bytes> recordNameKey = root.require("record-name-key").text(KeysFile::secret);
    Optional<Bytes> peerSecret = root.require("peer-secret").text(KeysFile::secret);
    root.finish();
    if (root.problems().isEmpty() && ids.isEmpty()) {
      list.refuse("there is no hint key", "make the file with `sojourn keys new`");
    }
    if (!root.problems().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeKeys(hintKeys.build(), recordNameKey.orElseThrow(), peerSecret.orElseThrow()));
  }

  private static Optional<DatedKey> key(YamlFields fields, Set<Integer> ids) {
    YamlValue idValue = fields.require("id");
    Optional<Integer> id = idValue.integer(1, Integer.MAX_VALUE).map(Long::intValue);
    Optional<LocalDate> created = fields.require("created").text(KeysFile::date);
    Optional<Bytes> secret = fields.require("secret").text(KeysFile::secret);
    fields.finish();
    if (id.isPresent() && !ids.add(id.get())) {
      idValue.refuse("two hint keys have one id", "give each key its own id");
    }
    if (id.isEmpty() || created.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new DatedKey(new HintKey(id.get(), secret.get()), created.get()));
  }

  private static boolean isClosedEnough(Path file, YamlProblems problems) {
    try {
      boolean isOpen =
          SecretFile.isPosix(file)
              && Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains);
      if (isOpen) {
        problems.add(
            Span.START,
            "other users of this machine can read or change it",
            "run `chmod 600 " + file + "`, and rotate if anyone may have read it");
      }
      return !isOpen;
    } catch (IOException e) {
      problems.add(Span.START, "its permissions cannot be read: " + e.getMessage());
      return false;
    }
  }

  static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a date such as `2026-11-23`", e);
    }
  }

  private static Bytes secret(String text) {
    String remedy = "not 32 bytes in base64; was a part lost in copying?";
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length == HintKey.LENGTH) {
        return Bytes.wrap(bytes);
      }
    } catch (IllegalArgumentException e) {
      // Not with its cause, which quotes a character of the secret.
      throw new IllegalArgumentException(remedy);
    }
    throw new IllegalArgumentException(remedy);
  }

  private static String encode(Bytes secret) {
    return Base64.getEncoder().encodeToString(secret.unsafeArray());
  }
}
