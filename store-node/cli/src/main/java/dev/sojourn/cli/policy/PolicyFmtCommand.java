package dev.sojourn.cli.policy;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.policy.format.PolicyFormatter;
import dev.sojourn.server.shell.AtomicFile;
import dev.sojourn.yaml.YamlProblems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn policy fmt}. */
@Command(
    name = "fmt",
    description =
        "Writes a policy the one way that policies are written, comments kept; prints it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; with --check: the file is in its form",
      "1:with --check: it is not",
      "2:the command line is wrong, or the file is no sound policy",
      ExitCode.INTERNAL_TEXT
    })
final class PolicyFmtCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "FILE", description = "The policy.")
  private Path file;

  @Option(names = "--write", description = "Write the file anew in place of printing it.")
  private boolean write;

  @Option(names = "--check", description = "Change and print nothing.")
  private boolean check;

  @Override
  public Integer call() {
    byte[] before = PolicyInput.bytes(file);
    YamlProblems problems = YamlProblems.of(file.toString());
    Optional<String> after = PolicyFormatter.format(before, problems);
    if (after.isEmpty()) {
      PolicyInput.tell(problems.all(), spec.commandLine().getErr());
      return ExitCode.USAGE;
    }
    if (check) {
      byte[] content = after.get().getBytes(StandardCharsets.UTF_8);
      return Arrays.equals(before, content) ? ExitCode.OK : ExitCode.NOT_AS_IT_SHOULD_BE;
    }
    if (write) {
      overwrite(after.get());
    } else {
      PrintWriter out = spec.commandLine().getOut();
      out.print(after.get());
      out.flush();
    }
    return ExitCode.OK;
  }

  private void overwrite(String text) {
    try {
      new AtomicFile(file).write(text);
    } catch (IOException e) {
      throw CommandFailure.usage("cannot write `" + file + "`", "name a file that you may change");
    }
  }
}
