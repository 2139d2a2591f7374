package dev.sojourn.cli.keys;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sojourn keys rotate}. */
@Command(
    name = "rotate",
    description = {
      "Makes a newer hint key, in two steps, so that no POP ever meets a hint that it cannot open.",
      "First --stage, and bring the file to every POP; then --promote, and bring it there again."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the file was rewritten", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
final class KeysRotateCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private KeysPath path = new KeysPath();

  @ArgGroup(multiplicity = "1")
  private Step step = new Step();

  /** Exactly one of them is given. */
  static final class Step {
    @Option(names = "--stage", description = "Add a key that opens hints and does not seal yet.")
    private boolean stage;

    @Option(names = "--promote", description = "Let the newest key seal from now on.")
    private boolean promote;

    @Option(
        names = "--at-once",
        description = "Both steps. Only where all nodes take the new file together.")
    private boolean atOnce;
  }

  @Override
  public Integer call() {
    NodeKeys keys = path.read();
    NodeKeys newer = rotated(keys);
    if (newer.equals(keys)) {
      throw CommandFailure.usage(
          "the newest key of `" + path.file() + "` seals already",
          "add a newer one with --stage first");
    }
    try {
      KeysFile.replace(path.file(), newer);
    } catch (IOException e) {
      throw CommandFailure.usage(
          "cannot write `" + path.file() + "`", "run this as the user that owns the file");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(KeysShowIdsCommand.describe(newer));
    out.println("bring " + path.file() + " to every POP before the next step");
    out.flush();
    return ExitCode.OK;
  }

  private NodeKeys rotated(NodeKeys keys) {
    if (step.stage) {
      return keys.staged(new SecureRandomSource(), KeysPath.today());
    }
    if (step.promote) {
      return keys.promoted();
    }
    if (step.atOnce) {
      return keys.rotated(new SecureRandomSource(), KeysPath.today());
    }
    throw new IllegalStateException("the command line lets nothing through without a step");
  }
}
