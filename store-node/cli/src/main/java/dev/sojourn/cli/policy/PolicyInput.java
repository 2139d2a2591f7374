package dev.sojourn.cli.policy;

import com.google.common.collect.Iterables;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.yaml.Suggestion;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the user names, read; what is wrong with it is told where it stands. */
final class PolicyInput {
  private PolicyInput() {}

  /** As much of a file as a reader takes, and a byte more, so that it sees that there is more. */
  static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(YamlReader.BYTES_MAX + 1);
    } catch (IOException e) {
      throw CommandFailure.usage("cannot read `" + file + "`", "name a file that you may read");
    }
  }

  /** Empty if it is not sound; all that is wrong has been told then. */
  static Optional<Policy> policy(Path file, PrintWriter err) {
    return policy(file, bytes(file), err);
  }

  /** The same of what was read of it. */
  static Optional<Policy> policy(Path file, byte[] content, PrintWriter err) {
    YamlProblems problems = YamlProblems.of(file.toString());
    Optional<Policy> policy = PolicyReader.read(content, problems);
    tell(problems.all(), err);
    return policy;
  }

  static void tell(Iterable<YamlProblem> problems, PrintWriter to) {
    problems.forEach(problem -> to.println(problem.render()));
    to.flush();
  }

  /** A namespace need not be named by the policy; but one that it nearly names is a slip. */
  static Namespace namespace(String text, Policy policy) {
    if (!Namespace.isLawful(text)) {
      throw CommandFailure.usage(
          "`" + text + "` is no namespace",
          "give 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
    }
    Namespace namespace = new Namespace(text);
    Iterable<String> known = Iterables.transform(policy.namespaces().keySet(), Namespace::name);
    Optional<String> near =
        policy.namespaces().containsKey(namespace)
            ? Optional.empty()
            : Suggestion.nearest(text, known);
    if (near.isPresent()) {
      throw CommandFailure.usage(
          "the policy has no namespace `" + text + "`", "did you mean `" + near.get() + "`?");
    }
    return namespace;
  }

  static Country residency(String text) {
    if (text.equals("unknown")) {
      return Country.UNKNOWN;
    }
    return country(text)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "`" + text + "` is no country",
                    Countries.meantBy(text)
                        .map(meant -> "did you mean `" + meant + "`?")
                        .orElse("give a code of ISO 3166-1, such as `NO`, or `unknown`")));
  }

  /** Empty if the text is no code of ISO 3166-1. */
  static Optional<Country> country(String text) {
    boolean isKnown = text.matches("[A-Z]{2}") && Countries.isKnown(new Country(text));
    return isKnown ? Optional.of(new Country(text)) : Optional.empty();
  }
}
