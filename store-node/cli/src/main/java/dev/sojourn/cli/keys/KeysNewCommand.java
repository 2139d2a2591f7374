package dev.sojourn.cli.keys;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sojourn keys new}. */
@Command(
    name = "new",
    description = {
      "Makes a keys file with fresh secrets, readable by its owner alone.",
      "An existing file is left as it is: without its keys all its sessions would be lost."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the file was made", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
final class KeysNewCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private KeysPath path = new KeysPath();

  @Override
  public Integer call() {
    try {
      KeysFile.create(path.file(), NodeKeys.fresh(new SecureRandomSource(), KeysPath.today()));
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.usage(
          "`" + path.file() + "` exists already",
          "keep it, or name another file with --file; `sojourn keys rotate` makes a newer key");
    } catch (IOException e) {
      throw CommandFailure.usage(
          "cannot write `" + path.file() + "`", "name a file in a directory that you may write to");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("wrote " + path.file());
    out.println("copy it to every POP by a safe way, and keep a copy where a fire cannot reach it");
    out.flush();
    return ExitCode.OK;
  }
}
