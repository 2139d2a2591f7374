package dev.sojourn.cli.status;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.sojourn.cli.AddressConverter;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.server.config.Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sojourn status}: how nodes stand. */
@Command(
    name = "status",
    description = "Tells how nodes stand: sessions, what waits for other POPs, queues and disk.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every node that was asked is ready",
      "1:a node answers and is not ready",
      ExitCode.USAGE_TEXT,
      ExitCode.UNAVAILABLE_TEXT,
      ExitCode.INTERNAL_TEXT
    })
public final class StatusCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--at",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      defaultValue = "127.0.0.1:7402",
      description =
          "A node's admin port (default: ${DEFAULT-VALUE}). May be given several times: each node"
              + " is asked.")
  private List<Address> addresses = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON: a list with one object for each node.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    List<NodeReport> reports = new ArrayList<>();
    for (Address address : addresses) {
      reports.add(ask(client, address));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray array = new JsonArray();
      reports.forEach(report -> array.add(report.asJson()));
      out.println(new GsonBuilder().setPrettyPrinting().create().toJson(array));
    } else {
      reports.forEach(report -> out.print(report.asText()));
    }
    out.flush();
    return reports.stream().allMatch(NodeReport::isReady)
        ? ExitCode.OK
        : ExitCode.NOT_AS_IT_SHOULD_BE;
  }

  private static NodeReport ask(HttpClient client, Address address) throws InterruptedException {
    try {
      String status = get(client, address, "/status");
      Metrics metrics = Metrics.parse(get(client, address, "/metrics"));
      return new NodeReport(JsonParser.parseString(status).getAsJsonObject(), metrics);
    } catch (IOException e) {
      throw CommandFailure.unavailable(
          "no node answers at " + address, "start it, or name another node's admin port with --at");
    } catch (JsonParseException | IllegalStateException e) {
      throw CommandFailure.usage(
          "what answers at " + address + " is not a node's admin port",
          "name the port that is `listen.admin` in its node.yaml");
    }
  }

  private static String get(HttpClient client, Address address, String page)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + page)).timeout(TIMEOUT).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
