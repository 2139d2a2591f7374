package dev.sojourn.cli.policy;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.sojourn.cli.AddressConverter;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.config.Address;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sojourn policy status}. */
@Command(
    name = "status",
    description =
        "Tells which policies a node holds, which decide there, and which POPs have them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every POP in service holds what this node holds",
      "1:some POP does not, or is not known to",
      ExitCode.USAGE_TEXT,
      ExitCode.UNAVAILABLE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
final class PolicyStatusCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Option(
      names = "--at",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      defaultValue = "127.0.0.1:7402",
      description = "A node's admin port (default: ${DEFAULT-VALUE}).")
  private Address at;

  @Option(names = "--json", description = "Print what the node says, as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    JsonObject status = new PolicyNode(at).status();
    RolloutText text = new RolloutText(status);
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json
            ? new GsonBuilder().setPrettyPrinting().create().toJson(status) + "\n"
            : text.render());
    out.flush();
    return text.isEverywhere() ? ExitCode.OK : ExitCode.NOT_AS_IT_SHOULD_BE;
  }
}
