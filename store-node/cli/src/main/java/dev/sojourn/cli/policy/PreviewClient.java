package dev.sojourn.cli.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
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

/** Asks nodes what a policy would have to move. */
final class PreviewClient {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  /** A large store is walked for a while. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNSOUND = 422;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();

  /**
   * @param policy as its file says it
   * @throws CommandFailure if there is no answer, or none that can be used
   */
  Preview ask(Address node, byte[] policy) throws InterruptedException {
    HttpResponse<String> answer;
    try {
      answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://" + node + "/policy/preview"))
                  .timeout(ANSWER_MAX)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(policy))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw CommandFailure.unavailable(
          "no node answers at " + node, "start it, or name another node's admin port with --at");
    }
    try {
      JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
      if (answer.statusCode() == OK) {
        return Preview.of(json);
      }
      throw refusal(node, answer.statusCode(), json);
    } catch (JsonParseException | IllegalStateException e) {
      throw CommandFailure.usage(
          "what answers at " + node + " is not a node's admin port",
          "name the port that is `listen.admin` in its node.yaml");
    }
  }

  private static CommandFailure refusal(Address node, int status, JsonObject json) {
    JsonElement error = json.get("error");
    String told = error == null ? "status " + status : error.getAsString();
    return switch (status) {
      case UNSOUND ->
          CommandFailure.usage(
              node + " cannot obey this policy: " + firstOf(json.getAsJsonArray("problems")),
              "mend the policy, or upgrade the node if it is of an older release");
      case NOT_FOUND ->
          CommandFailure.unavailable(
              node + " cannot tell what a policy would move", "upgrade it, and ask again");
      default -> CommandFailure.unavailable(node + " answers: " + told, "ask again in a while");
    };
  }

  /** What is wrong in the file itself has been told before. */
  private static String firstOf(JsonArray problems) {
    return problems.get(0).getAsString().lines().findFirst().orElse("");
  }
}
