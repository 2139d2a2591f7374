package dev.sojourn.cli.keys;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.config.NodeKeys;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sojourn keys show-ids}. */
@Command(
    name = "show-ids",
    description = "Lists the ids of the hint keys, the sealing one first, and when each was made.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", ExitCode.USAGE_TEXT, ExitCode.INTERNAL_TEXT})
final class KeysShowIdsCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private KeysPath path = new KeysPath();

  @Option(names = "--json", description = "Print JSON: a list of keys, the sealing one first.")
  private boolean json;

  @Override
  public Integer call() {
    NodeKeys keys = path.read();
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? describeAsJson(keys) : describe(keys));
    out.flush();
    return ExitCode.OK;
  }

  static String describe(NodeKeys keys) {
    int sealing = keys.ring().sealing().id();
    return keys.hintKeys().stream()
        .map(
            dated ->
                String.format(
                    "hint key %d, made on %s, %s",
                    dated.key().id(),
                    dated.created(),
                    dated.key().id() == sealing ? "seals and opens" : "opens"))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String describeAsJson(NodeKeys keys) {
    JsonArray list = new JsonArray();
    for (NodeKeys.DatedKey dated : keys.hintKeys()) {
      JsonObject each = new JsonObject();
      each.addProperty("id", dated.key().id());
      each.addProperty("created", dated.created().toString());
      each.addProperty("seals", dated.key().id() == keys.ring().sealing().id());
      list.add(each);
    }
    return new GsonBuilder().setPrettyPrinting().create().toJson(list);
  }
}
