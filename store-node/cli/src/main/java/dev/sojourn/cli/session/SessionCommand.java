package dev.sojourn.cli.session;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import dev.sojourn.cli.AddressConverter;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.config.Address;
import dev.sojourn.v1.InspectResponse;
import io.grpc.ChannelCredentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sojourn session}: where a session is, and how it is, told by its hint. */
@Command(
    name = "session",
    description = {
      "Tells what POPs know of one session, found by its hint.",
      "Neither moves the session nor counts as its use. Field values are shown only with --fields."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every node that was asked has answered",
      "1:a node refused: the session has ended, say; its reason and remedy are told",
      ExitCode.USAGE_TEXT,
      ExitCode.UNAVAILABLE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
public final class SessionCommand implements Callable<Integer> {
  private static final int HINT_LENGTH_MAX = 200;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Parameters(
      paramLabel = "HINT",
      description = "The session's hint, or - to read it from standard input.")
  private String hint;

  @SuppressWarnings("NullAway.Init")
  @Option(
      names = {"-n", "--namespace"},
      required = true,
      description = "The application's namespace, which the hint is bound to.")
  private String namespace;

  @Option(
      names = "--at",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      defaultValue = "127.0.0.1:7400",
      description =
          "A node's client port (default: ${DEFAULT-VALUE}). May be given several times: each node"
              + " is asked.")
  private List<Address> addresses = new ArrayList<>();

  @Mixin private TlsOptions tls = new TlsOptions();

  @Option(names = "--fields", description = "Show the values of the fields as well.")
  private boolean includeFields;

  @Option(names = "--json", description = "Print JSON: a list with one object for each node.")
  private boolean json;

  @Override
  public Integer call() {
    String hintText = hint.equals("-") ? readHint() : hint;
    if (hintText.isEmpty() || hintText.length() > HINT_LENGTH_MAX) {
      throw CommandFailure.usage(
          "a hint has 1 to " + HINT_LENGTH_MAX + " characters, not " + hintText.length(),
          "give the value of the session's cookie, without its name");
    }
    ChannelCredentials credentials = tls.credentials();
    List<InspectResponse> answers = new ArrayList<>();
    for (Address address : addresses) {
      try (Inspector inspector = new Inspector(address, credentials)) {
        answers.add(inspector.inspect(namespace, hintText, includeFields));
      }
    }
    print(answers);
    return ExitCode.OK;
  }

  private void print(List<InspectResponse> answers) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray array = new JsonArray();
      answers.forEach(answer -> array.add(new SessionReport(answer).asJson()));
      out.println(new GsonBuilder().setPrettyPrinting().create().toJson(array));
    } else {
      List<String> reports =
          answers.stream().map(answer -> new SessionReport(answer).asText()).toList();
      out.print(String.join(System.lineSeparator(), reports));
    }
    out.flush();
  }

  /** A hint on the command line would be seen in the list of processes; standard input is not. */
  private static String readHint() {
    try {
      byte[] bytes = System.in.readNBytes(HINT_LENGTH_MAX + 16);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
