package dev.sojourn.cli;

import dev.sojourn.gateway.EdgeGateway;
import dev.sojourn.server.Node;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sojourn node}: one node of a POP, until it is told to stop. */
@Command(
    name = "node",
    description = {
      "Runs one node of a POP, until it is told to stop (SIGTERM or Ctrl-C): then it finishes what "
          + "it has accepted.",
      "The configuration names the topology, the keys and the data directory."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was told to stop, and finished what it had accepted",
      ExitCode.USAGE_TEXT,
      "64:the configuration is wrong; starting again will not help",
      "69:a port is in use, or an address is not one of this machine",
      ExitCode.INTERNAL_TEXT,
      "73:the data directory is in use by another node, or may not be written",
      "74:the store is corrupt, full beyond its reserve, or its disk fails"
    })
public final class NodeCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "node.yaml",
      description = "The node's configuration (default: ${DEFAULT-VALUE}).")
  private Path config = Path.of("node.yaml");

  @Override
  public Integer call() {
    return Node.run(config, EdgeGateway::open);
  }
}
