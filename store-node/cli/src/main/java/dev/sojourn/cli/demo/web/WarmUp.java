package dev.sojourn.cli.demo.web;

import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A customer who is nobody and buys nothing, so that the first real one meets warm processes. */
final class WarmUp {
  private WarmUp() {}

  static void run(URI front, List<PopId> pops, int rounds, Shop.Telling telling)
      throws IOException, InterruptedException {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    for (int round = 0; round < rounds; round++) {
      for (PopId pop : pops) {
        order(browser, front.resolve("/at/" + pop), "{\"add\": \"figs\"}");
      }
      telling.progress("warm-up, not counted", round + 1, rounds);
    }
    order(browser, front.resolve("/at/" + pops.get(0)), "{\"login\": \"Nobody\"}");
    for (PopId pop : pops) {
      order(browser, front.resolve("/at/" + pop), "{}");
    }
    order(browser, front.resolve("/at/" + pops.get(0)), "{\"logout\": true}");
  }

  private static void order(HttpClient browser, URI address, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = browser.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "an edge function answers " + answer.statusCode() + ": " + answer.body());
    }
  }
}
