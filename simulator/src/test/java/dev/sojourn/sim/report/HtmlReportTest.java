package dev.sojourn.sim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sojourn.sim.own.OwnRun.Progress;
import dev.sojourn.sim.run.Scenarios;
import dev.sojourn.sim.run.Simulation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 3600;

  /** Anything that a browser would fetch. */
  private static final Pattern FETCHED =
      Pattern.compile("<(?:script|link|img|iframe)[^>]+(?:src|href)=|@import|url\\(\\s*['\"]?http");

  @TempDir private Path folder = Path.of("");

  private Path written() throws InterruptedException, IOException {
    ReportFolder.write(
        new Simulation(Scenarios.of(Scenarios.MIXED)).run(2, Progress.NONE),
        "./sojourn sim run x --seed 77",
        folder);
    return folder.resolve("report.html");
  }

  @Test
  void shouldBeOneFileThatAsksTheNetworkForNothing() throws InterruptedException, IOException {
    String page = Files.readString(written());

    assertThat(FETCHED.matcher(page).find()).isFalse();
    assertThat(page).doesNotContain("{{").contains("./sojourn sim run x --seed 77");
    assertThat(page.length()).isLessThan(1_500_000);
  }

  @Test
  void shouldDrawAllItsPartsInABrowser() throws InterruptedException, IOException {
    Path page = written();
    String dom = browse("--dump-dom", page).replaceAll("(?s)<script.*?</script>", "");

    assertThat(dom).contains("data-drawn=\"yes\"").doesNotContain("NaN");
    assertThat(count(dom, "class=\"arc\"")).isGreaterThan(20);
    assertThat(count(dom, "class=\"pop")).isEqualTo(25);
    assertThat(count(dom, "class=\"refused\"")).isPositive();
    assertThat(count(dom, "<canvas")).isEqualTo(4);
    assertThat(count(dom, "class=\"episode\"")).isPositive();
    assertThat(count(dom, "class=\"bound\"")).isEqualTo(3);
    assertThat(dom).doesNotContain("id=\"residencysection\"");
  }

  @Test
  void shouldDrawWhatThePolicyAllowedAndForbade() throws InterruptedException, IOException {
    ReportFolder.write(
        new Simulation(Scenarios.of(Scenarios.LAWFUL)).run(2, Progress.NONE), "x", folder);
    String dom =
        browse("--dump-dom", folder.resolve("report.html"))
            .replaceAll("(?s)<script.*?</script>", "");

    assertThat(dom).contains("data-drawn=\"yes\"", "Policy eu-gdpr-2026-11").doesNotContain("NaN");
    assertThat(count(dom, "class=\"act\"")).isGreaterThan(10);
    assertThat(dom).contains("special-stays");
  }

  @Test
  void shouldShowMoreThanAnEmptyPage() throws InterruptedException, IOException {
    Path page = written();
    Path picture = folder.resolve("report.png");
    browse("--screenshot=" + picture, page);
    var image = ImageIO.read(picture.toFile());
    long colours = 0;
    boolean[] seen = new boolean[1 << 15];
    for (int y = 0; y < image.getHeight(); y += 2) {
      for (int x = 0; x < image.getWidth(); x += 2) {
        int rgb = image.getRGB(x, y);
        int cell = (rgb >> 19 & 31) << 10 | (rgb >> 11 & 31) << 5 | (rgb >> 3 & 31);
        colours += seen[cell] ? 0 : 1;
        seen[cell] = true;
      }
    }

    assertThat(image.getWidth()).isEqualTo(WIDTH);
    assertThat(colours).isGreaterThan(150);
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  /** What the browser says; the test is skipped where there is none. */
  private String browse(String what, Path page) throws IOException, InterruptedException {
    Optional<Path> browser =
        List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(browser.isPresent(), "skipped: there is no Chromium on this machine");
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + Files.createDirectories(folder.resolve("profile")),
                "--window-size=" + WIDTH + "," + HEIGHT,
                "--virtual-time-budget=5000",
                what,
                page.toUri().toString())
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isZero();
    return Files.readString(said, StandardCharsets.UTF_8);
  }
}
