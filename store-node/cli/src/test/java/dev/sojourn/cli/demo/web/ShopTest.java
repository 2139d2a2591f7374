package dev.sojourn.cli.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.cli.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The whole of {@code sojourn demo --web}, and a customer in a real browser. */
class ShopTest {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 960;
  private static final long PICTURE_BYTES_MAX = 300_000;
  private static final String INSTALLED = "../../docs/examples/node_modules/.bin";

  @TempDir private static Path directory = Path.of("");
  private static List<Shop> open = List.of();

  @BeforeAll
  static void openTheShop() throws Exception {
    String path = System.getenv("PATH") + File.pathSeparator + INSTALLED;
    if (EdgeRuntime.find(path).isEmpty()) {
      System.out.println(
          "SKIPPED, the shop in the browser: no workerd, Deno or Node (20 or later)");
      throw new TestAbortedException("skipped: there is no workerd, Deno or Node on this machine");
    }
    open = List.of(Shop.start(path, (what, done, all) -> {}));
  }

  @AfterAll
  static void close() {
    open.forEach(Shop::close);
  }

  @Test
  void shouldTellTheWholeStoryInABrowser() throws Exception {
    Path program = Chromium.required();
    try (Chromium browser = new Chromium(program, directory.resolve("profile"), WIDTH, HEIGHT)) {
      browser.size(WIDTH, HEIGHT);
      browser.open(shop());
      browser.await("document.body && document.body.dataset.ready === 'yes'");
      assertThat(told(browser)).isEqualTo("Nothing is stored yet, and there is no cookie.");

      click(browser, "#add-apples");
      assertThat(newest(browser)).contains("Boston", "adds apples", "read", "local");
      click(browser, "#add-apples");
      click(browser, "#add-pears");
      assertThat(text(browser, "#count-apples")).isEqualTo("2");
      assertThat(browser.evaluate("document.cookie")).as("hidden from scripts").isEmpty();

      click(browser, "#pop-jfk");
      assertThat(told(browser)).startsWith("The session moved to New York from Boston");
      assertThat(newest(browser)).contains("read", "moved from Boston", "\t1\t", "× ");
      assertThat(text(browser, "#count-apples")).isEqualTo("2");

      logIn(browser, "Ada");
      assertThat(text(browser, "#whose")).isEqualTo("Ada’s cart");

      click(browser, "#pop-nrt");
      assertThat(told(browser))
          .contains("stays in New York", "us-identity", "stays in the United States", "left out");
      assertThat(newest(browser)).contains("remote, at New York", "us-identity");
      assertThat(text(browser, "#whose")).isEqualTo("Your cart");
      assertThat(text(browser, "#count-apples")).isEqualTo("2");
      click(browser, "#add-figs");
      assertThat(text(browser, "#count-figs")).isEqualTo("1");

      logIn(browser, "Ada K.");
      assertThat(told(browser)).startsWith("Refused at Tokyo").contains("us-identity");
      assertThat(text(browser, "#refusal")).contains("may not be seen at `nrt`");
      assertThat(text(browser, "#copies")).contains("New York", "owns it").doesNotContain("Tokyo");
      picture(browser, "web-demo.png");

      click(browser, "#pop-bos");
      assertThat(told(browser)).startsWith("The session moved to Boston from New York");
      assertThat(text(browser, "#whose")).isEqualTo("Ada’s cart");
      assertThat(text(browser, "#count-figs")).isEqualTo("1");

      browser.preferDark();
      picture(browser, "web-demo-dark.png");
      click(browser, "#logout");
      assertThat(text(browser, "#count-apples")).isEqualTo("0");
      assertThat(text(browser, "#copies")).contains("no copy anywhere");
    }
  }

  @Test
  void shouldLoadNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = get("");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .startsWith("default-src 'self'");
    for (String part : List.of("", "page.js", "map.js", "page.css")) {
      assertThat(get(part).statusCode()).isEqualTo(200);
      assertThat(get(part).body()).as(part).doesNotContain("http://", "https://", "@import");
    }
    assertThat(get("licences").body()).contains("ISC");
  }

  @Test
  void shouldRefuseOrdersThatAnotherPageCouldSend() throws Exception {
    HttpRequest.Builder form =
        HttpRequest.newBuilder(shop().resolve("at/bos"))
            .header("content-type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    assertThat(send(form.build()).statusCode()).isEqualTo(400);
    HttpRequest.Builder nowhere = HttpRequest.newBuilder(shop().resolve("at/zzz"));
    assertThat(send(nowhere.build()).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldSayWhatIsMissingWhereNoRuntimeIs() {
    assertThatThrownBy(() -> Shop.start("/nowhere", (what, done, all) -> {}))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> {
              assertThat(failure.problem()).contains("no `workerd`, `deno` or `node`");
              assertThat(failure.remedy()).startsWith("install Node");
            });
  }

  private static URI shop() {
    return open.get(0).address();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(shop().resolve(path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Clicks, and waits until the page has shown what came of it. */
  private static void click(Chromium browser, String selector) throws Exception {
    String asked = browser.evaluate("document.body.dataset.asked");
    browser.evaluate(
        "document.querySelector('"
            + selector
            + "').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))");
    browser.await("Number(document.body.dataset.asked) > " + asked);
  }

  private static void logIn(Chromium browser, String name) throws Exception {
    browser.evaluate("document.querySelector('#name').value = '" + name + "'");
    click(browser, "#login button");
  }

  private static String text(Chromium browser, String selector) throws Exception {
    return browser.evaluate("document.querySelector('" + selector + "').innerText");
  }

  private static String told(Chromium browser) throws Exception {
    return text(browser, "#told");
  }

  /** The row of what was asked last. */
  private static String newest(Chromium browser) throws Exception {
    return text(browser, "#log tr");
  }

  /** Leaves a picture in the build directory, and sees that there is something on it. */
  private static void picture(Chromium browser, String name) throws Exception {
    byte[] png = browser.screenshot();
    Files.write(Path.of("target").resolve(name), png);
    assertThat(png.length).isLessThan((int) PICTURE_BYTES_MAX);
    var image = ImageIO.read(new ByteArrayInputStream(png));
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 2) {
      for (int x = 0; x < image.getWidth(); x += 2) {
        colours.add(image.getRGB(x, y) & 0xf8f8f8);
      }
    }
    assertThat(image.getWidth()).isEqualTo(WIDTH);
    assertThat(colours).hasSizeGreaterThan(60);
  }
}
