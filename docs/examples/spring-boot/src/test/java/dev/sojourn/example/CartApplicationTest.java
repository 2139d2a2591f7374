package dev.sojourn.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.testkit.SojournTestKit;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application twice, in Boston and in Tokyo, and a user who moves from one to the other. */
class CartApplicationTest {
  @SuppressWarnings("NullAway.Init")
  private static SojournTestKit kit;

  @SuppressWarnings("NullAway.Init")
  private static ConfigurableApplicationContext boston;

  @SuppressWarnings("NullAway.Init")
  private static ConfigurableApplicationContext tokyo;

  private Optional<String> cookie = Optional.empty();

  @BeforeAll
  static void startBoth() {
    kit = SojournTestKit.builder().pop("bos", "US").pop("nrt", "JP").namespace("shop").start();
    boston = application("bos");
    tokyo = application("nrt");
  }

  @AfterAll
  static void stopBoth() {
    boston.close();
    tokyo.close();
    kit.close();
  }

  @Test
  void shouldKeepTheCartWhenTheUserMoves() throws Exception {
    HttpResponse<String> first = look(boston);
    assertThat(first.body()).contains("Your cart", "nothing is stored yet");
    assertThat(cookie).as("for nothing, no cookie").isEmpty();

    press(boston, "add", "apples");
    press(boston, "add", "apples");
    press(boston, "login", "Ada <3");
    assertThat(cookie.orElseThrow()).startsWith("__Host-sojourn=");
    assertThat(look(boston).body())
        .contains("<b>2</b> apples", "Ada &lt;3's cart", "LOCAL at bos, owned by bos");

    String moved = look(tokyo).body();
    assertThat(moved)
        .contains("<b>2</b> apples", "Ada &lt;3's cart")
        .contains("GRANTED at nrt, owned by nrt, 1 round trips");
    press(tokyo, "add", "figs");
    assertThat(look(boston).body()).contains("<b>1</b> figs", "GRANTED at bos");

    press(boston, "logout", "yes");
    assertThat(cookie.orElseThrow()).as("removed").isEqualTo("__Host-sojourn=");
    assertThat(look(tokyo).body()).contains("<b>0</b> apples");
  }

  private static ConfigurableApplicationContext application(String pop) {
    return new SpringApplicationBuilder(CartApplication.class)
        .run(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--logging.level.root=warn",
            "--sojourn.node=" + kit.address(pop));
  }

  private HttpResponse<String> look(ConfigurableApplicationContext at) throws Exception {
    return send(request(at).build());
  }

  private void press(ConfigurableApplicationContext at, String name, String value)
      throws Exception {
    String form = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        send(
            request(at)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    assertThat(answer.statusCode()).isEqualTo(303);
  }

  private HttpRequest.Builder request(ConfigurableApplicationContext at) {
    String port = at.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"));
    // A browser would want TLS for this cookie; the test carries it itself.
    cookie.ifPresent(held -> request.header("cookie", "theme=dark; " + held));
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    answer
        .headers()
        .firstValue("set-cookie")
        .ifPresent(set -> cookie = Optional.of(set.split(";", 2)[0]));
    return answer;
  }
}
