package dev.sojourn.cli.policy;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.policy.OfficerKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sojourn policy keygen}. */
@Command(
    name = "keygen",
    description = {
      "Makes the key with which an officer signs policies: NAME.key, readable by its owner alone, and"
          + " NAME.pub, which the nodes are to know.",
      "Existing files are left as they are."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the files were made", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
final class PolicyKeygenCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Option(
      names = "--out",
      paramLabel = "NAME",
      required = true,
      description = "Where the files go, without their ends.")
  private Path name;

  @Override
  public Integer call() {
    Path secret = name.resolveSibling(name.getFileName() + ".key");
    Path shown = name.resolveSibling(name.getFileName() + ".pub");
    OfficerKey key = OfficerKey.fresh();
    try {
      key.create(secret, shown);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.usage(
          "`" + e.getFile() + "` exists already", "keep it, or give another name with --out");
    } catch (IOException e) {
      throw CommandFailure.usage(
          "cannot write `" + secret + "`", "give a name in a directory that you may write to");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("wrote " + secret + " and " + shown + ": key " + key.id());
    out.println("keep the .key to yourself; put the .pub into `policy-signers` at every POP");
    out.flush();
    return ExitCode.OK;
  }
}
