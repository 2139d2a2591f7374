package dev.sojourn.cli.policy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.server.config.Address;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The page of a node's admin port that policies are pushed to and asked of. */
final class PolicyNode {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;

  private final Address address;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /** What it says: {@code error} is there if it refuses. */
  record Answer(boolean isOk, JsonObject body) {
    String text(String name) {
      return body.has(name) ? body.get(name).getAsString() : "";
    }
  }

  PolicyNode(Address address) {
    this.address = address;
  }

  /** How policies stand there. */
  JsonObject status() throws InterruptedException {
    return ask(request().build()).body();
  }

  Answer push(byte[] bundle) throws InterruptedException {
    return ask(request().POST(HttpRequest.BodyPublishers.ofByteArray(bundle)).build());
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create("http://" + address + "/policy")).timeout(TIMEOUT);
  }

  private Answer ask(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonObject body = JsonParser.parseString(response.body()).getAsJsonObject();
      if (response.statusCode() == NOT_FOUND) {
        throw CommandFailure.unavailable(
            "the node at " + address + " is of a release without signed policies", "upgrade it");
      }
      return new Answer(response.statusCode() == OK, body);
    } catch (IOException e) {
      throw CommandFailure.unavailable(
          "no node answers at " + address, "start it, or name another node's admin port with --at");
    } catch (JsonParseException | IllegalStateException e) {
      throw CommandFailure.usage(
          "what answers at " + address + " is not a node's admin port",
          "name the port that is `listen.admin` in its node.yaml");
    }
  }
}
