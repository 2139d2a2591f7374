package dev.sojourn.policy.format;

import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlComments;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlNode.Mapping;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Gives a policy file its one form: keys in the order in which a person reads them, two spaces of
 * indentation, short lists on one line. It keeps all comments, one blank line where there were
 * some, and the meaning.
 */
public final class PolicyFormatter {
  private PolicyFormatter() {}

  /**
   * The same policy, written anew. What is formatted stays as it is when it is formatted again.
   *
   * @return empty, and problems, if it is no policy or cannot be written anew
   */
  public static Optional<String> format(byte[] content, YamlProblems problems) {
    if (PolicyReader.read(content, problems).isEmpty()) {
      return Optional.empty();
    }
    Optional<YamlFields> root = YamlReader.read(content, problems);
    Optional<String> text = YamlReader.decode(content, problems);
    if (root.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    YamlComments comments = YamlComments.read(text.get());
    if (comments.hasAliases()) {
      problems.add(
          Span.START, "a file with aliases is not formatted", "make a group of what it repeats");
      return Optional.empty();
    }
    Mapping before = root.get().asRead();
    String after = new Printer(new Attached(before, comments, text.get())).print(before);
    check(before, comments, after);
    return Optional.of(after);
  }

  /** INVARIANT: formatting changes no meaning and loses no comment. */
  private static void check(Mapping before, YamlComments comments, String after) {
    YamlProblems none = YamlProblems.of("formatted");
    Optional<Mapping> written =
        YamlReader.read(after.getBytes(StandardCharsets.UTF_8), none).map(YamlFields::asRead);
    boolean isSame =
        written.isPresent()
            && none.isEmpty()
            && Meaning.of(written.get()).equals(Meaning.of(before))
            && YamlComments.read(after).comments().size() == comments.comments().size();
    if (!isSame) {
      throw new IllegalStateException("formatting would change what the file says:\n" + after);
    }
  }
}
