package dev.sojourn.gateway;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user with a browser that keeps the one cookie, at one site that answers from several POPs. */
final class Visitor {
  private static final Pattern COUNT = Pattern.compile("<b>(\\d+)</b> (\\w+)</li>");
  private static final Pattern STORY = Pattern.compile("<footer>(.*)</footer>");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Optional<String> cookie = Optional.empty();

  /** A page, and the cookie that came with it. */
  record Page(int status, String body, Optional<String> setCookie) {
    int count(String fruit) {
      Matcher counts = COUNT.matcher(body);
      while (counts.find()) {
        if (counts.group(2).equals(fruit)) {
          return Integer.parseInt(counts.group(1));
        }
      }
      throw new AssertionError("no " + fruit + " in " + body);
    }

    /** How the session was reached. */
    String story() {
      Matcher story = STORY.matcher(body);
      if (!story.find()) {
        throw new AssertionError("status " + status + ": " + body);
      }
      return story.group(1);
    }
  }

  Page look(int port) throws Exception {
    return send(request(port).GET());
  }

  /** Presses a button, and is led back to the page. */
  Page press(int port, String name, String value) throws Exception {
    String form = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return send(
        request(port)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  Optional<String> cookie() {
    return cookie;
  }

  private HttpRequest.Builder request(int port) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .timeout(Duration.ofSeconds(60));
    cookie.ifPresent(held -> request.header("cookie", "theme=dark; " + held));
    return request;
  }

  private Page send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    List<String> set = response.headers().allValues("set-cookie");
    if (set.size() > 1) {
      throw new AssertionError("more than one cookie: " + set);
    }
    for (String each : set) {
      String pair = each.substring(0, each.indexOf(';'));
      cookie = each.endsWith("Max-Age=0") ? Optional.empty() : Optional.of(pair);
    }
    return new Page(response.statusCode(), response.body(), set.stream().findFirst());
  }
}
