package dev.sojourn.cli.policy;

import com.google.common.io.Resources;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sojourn policy schema}. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of the policy file, with which editors complete it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
final class PolicySchemaCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        Resources.toString(
            Resources.getResource(Policy.class, "policy.schema.json"), StandardCharsets.UTF_8));
    out.flush();
    return ExitCode.OK;
  }
}
