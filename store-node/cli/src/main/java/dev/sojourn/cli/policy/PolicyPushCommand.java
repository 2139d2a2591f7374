package dev.sojourn.cli.policy;

import com.google.common.collect.ImmutableSortedSet;
import com.google.gson.JsonObject;
import dev.sojourn.cli.AddressConverter;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.config.Address;
import dev.sojourn.server.policy.BundleText;
import dev.sojourn.server.policy.OfficerKey;
import dev.sojourn.server.policy.Stage;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn policy push}. */
@Command(
    name = "push",
    description = {
      "Signs a policy and brings it to one node; from there it goes on to all POPs by itself.",
      "For all POPs: it decides beside the one before it wherever it has arrived, so that what either"
          + " forbids is forbidden, and alone as soon as every POP has it. With --stage: beside the"
          + " one before it, at these POPs alone. With --shadow: nowhere; it is only counted what it"
          + " would change."
    },
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the node has taken it",
      "1:the policy is not sound, or the node refuses it and goes on with what it has",
      ExitCode.USAGE_TEXT,
      ExitCode.UNAVAILABLE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
final class PolicyPushCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "FILE", description = "The policy.")
  private Path file;

  @SuppressWarnings("NullAway.Init")
  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "The officer's .key, as `sojourn policy keygen` makes it.")
  private Path key;

  @SuppressWarnings("NullAway.Init")
  @Option(
      names = "--at",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      defaultValue = "127.0.0.1:7402",
      description = "A node's admin port (default: ${DEFAULT-VALUE}).")
  private Address at;

  @Option(names = "--shadow", description = "Let it decide nothing; count what it would change.")
  private boolean shadow;

  @Option(
      names = "--stage",
      paramLabel = "POP",
      split = ",",
      description = "Let it decide at these POPs alone, several with commas between them.")
  private List<String> stage = new ArrayList<>();

  @Option(
      names = "--version",
      paramLabel = "N",
      description =
          "Its number, above that of every one before it. Left out: one more than the node's newest.")
  private @Nullable Long version;

  // The standard ones are not mixed in: their --version is the program's.
  @SuppressWarnings("unused")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    Stage where = where();
    byte[] policy = PolicyInput.bytes(file);
    if (PolicyInput.policy(file, policy, spec.commandLine().getErr()).isEmpty()) {
      throw CommandFailure.refused(
          file + " is not sound, and was not sent", "mend what is named above");
    }
    OfficerKey officer = officer();
    PolicyNode node = new PolicyNode(at);
    long number = version == null ? 1 + newest(node.status()) : version;
    PolicyNode.Answer answer =
        node.push(BundleText.sign(number, where, Instant.now(), text(policy), officer).bytes());
    if (!answer.isOk()) {
      throw refused(answer);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "version %d is at %s, %s; it goes on to the other POPs by itself%n",
        number, answer.text("pop"), said(where));
    out.println("how far it is: ./sojourn policy status --at " + at);
    out.flush();
    return ExitCode.OK;
  }

  private Stage where() {
    if (shadow && !stage.isEmpty()) {
      throw CommandFailure.usage("both `--shadow` and `--stage`", "give one of them");
    } else if (version != null && version < 1) {
      throw CommandFailure.usage("version " + version, "give a number from 1 on");
    }
    ImmutableSortedSet.Builder<PopId> pops = ImmutableSortedSet.naturalOrder();
    for (String name : stage) {
      if (!PopId.isLawful(name)) {
        throw CommandFailure.usage(
            "`" + name + "` is no POP", "give ids of the topology, such as `bos,nyc`");
      }
      pops.add(new PopId(name));
    }
    return shadow
        ? new Stage.Shadow()
        : stage.isEmpty() ? new Stage.All() : new Stage.At(pops.build());
  }

  private static String said(Stage where) {
    if (where instanceof Stage.At at) {
      return "for " + Words.list(at.pops().stream().map(PopId::name).toList());
    }
    return where instanceof Stage.Shadow ? "in shadow" : "for all POPs";
  }

  private OfficerKey officer() {
    try {
      return OfficerKey.read(key);
    } catch (IOException e) {
      throw CommandFailure.usage(
          "`" + key + "` cannot be read, or holds no key of an officer",
          "name the .key that `sojourn policy keygen` has made");
    }
  }

  private static long newest(JsonObject status) {
    return status.has("newest") ? status.get("newest").getAsLong() : 0;
  }

  private String text(byte[] policy) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(policy)).toString();
    } catch (CharacterCodingException e) {
      throw CommandFailure.usage("`" + file + "` is not in UTF-8", "save it in UTF-8");
    }
  }

  private CommandFailure refused(PolicyNode.Answer answer) {
    List<String> lines = answer.text("error").lines().toList();
    if (lines.size() > 1) {
      lines.forEach(line -> spec.commandLine().getErr().println(line));
    }
    return CommandFailure.refused(
        "the node at " + at + " refuses it: " + (lines.isEmpty() ? "" : lines.get(0)),
        "mend that and push it again; the node goes on with what it has");
  }
}
