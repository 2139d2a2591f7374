package dev.sojourn.cli.tokens;

import com.google.common.collect.ImmutableList;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.config.CallerTokens;
import dev.sojourn.server.config.TokensFile;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.value.Namespace;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sojourn tokens new}. */
@Command(
    name = "new",
    description = {
      "Makes a token for an application, and adds its digest to the file. Prints the token alone.",
      "Tokens that are in the file already stay good, so that applications can change over."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the token was made", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
final class TokensNewCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      required = true,
      description = "The application's namespace.")
  private String namespace = "";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      defaultValue = "tokens.yaml",
      description = "The tokens file (default: ${DEFAULT-VALUE}); made if it is not there.")
  private Path file = Path.of("tokens.yaml");

  @Override
  public Integer call() {
    if (!Namespace.isLawful(namespace)) {
      throw CommandFailure.usage(
          "`" + namespace + "` is no namespace",
          "give 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
    }
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    CallerTokens.Fresh fresh =
        present().withFresh(new Namespace(namespace), new SecureRandomSource(), today);
    try {
      TokensFile.write(file, fresh.all());
    } catch (IOException e) {
      throw CommandFailure.usage(
          "cannot write `" + file + "`", "name a file in a directory that you may write to");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(fresh.token());
    out.flush();
    return ExitCode.OK;
  }

  private CallerTokens present() {
    if (!Files.exists(file)) {
      return new CallerTokens(ImmutableList.of());
    }
    try {
      return TokensFile.read(file);
    } catch (InvalidYamlException e) {
      YamlProblem first = e.problems().get(0);
      throw CommandFailure.usage(
          first.file() + ":" + first.line() + ":" + first.column() + ": " + first.message(),
          first.help().orElse("mend the file, or name another one"));
    }
  }
}
