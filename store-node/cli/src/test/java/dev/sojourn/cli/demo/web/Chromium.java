package dev.sojourn.cli.demo.web;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.opentest4j.TestAbortedException;

/** A headless Chromium with one page, spoken to by the DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final long SECONDS_MAX = 60;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();

  /** Skips the test, and says so, where there is none. */
  static Path required() {
    Optional<Path> found =
        List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      System.out.println("SKIPPED, the shop in the browser: there is no Chromium on this machine");
    }
    return found.orElseThrow(
        () -> new TestAbortedException("skipped: there is no Chromium on this machine"));
  }

  /**
   * @param profile a fresh directory
   */
  Chromium(Path program, Path profile, int width, int height) throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--force-prefers-reduced-motion",
                "--remote-debugging-port=0",
                "--user-data-dir=" + Files.createDirectories(profile),
                "--window-size=" + width + "," + height,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("said.txt").toFile())
            .start();
    socket = connect(profile.resolve("DevToolsActivePort"));
  }

  private WebSocket connect(Path portFile) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("Chromium does not start");
      }
      Thread.sleep(20);
    }
    String port = Files.readAllLines(portFile).get(0);
    HttpClient http = HttpClient.newHttpClient();
    var list =
        java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"));
    String targets =
        http.send(list.build(), java.net.http.HttpResponse.BodyHandlers.ofString()).body();
    for (var target : JsonParser.parseString(targets).getAsJsonArray()) {
      if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
        String url = target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString();
        return http.newWebSocketBuilder()
            .buildAsync(URI.create(url), new Listener())
            .get(SECONDS_MAX, TimeUnit.SECONDS);
      }
    }
    throw new AssertionError("Chromium has no page: " + targets);
  }

  /** Sends a command and waits for what it gives. */
  JsonObject send(String method, JsonObject parameters) throws Exception {
    JsonObject command = new JsonObject();
    int id = ids.incrementAndGet();
    command.addProperty("id", id);
    command.addProperty("method", method);
    command.add("params", parameters);
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket.sendText(command.toString(), true).get(SECONDS_MAX, TimeUnit.SECONDS);
    JsonObject all = answer.get(SECONDS_MAX, TimeUnit.SECONDS);
    if (!all.has("result")) {
      throw new AssertionError(method + ": " + all);
    }
    return all.getAsJsonObject("result");
  }

  void open(URI page) throws Exception {
    JsonObject parameters = new JsonObject();
    parameters.addProperty("url", page.toString());
    send("Page.navigate", parameters);
  }

  /** What an expression of JavaScript gives, as a text. */
  String evaluate(String expression) throws Exception {
    JsonObject parameters = new JsonObject();
    parameters.addProperty("expression", "String(" + expression + ")");
    JsonObject result = send("Runtime.evaluate", parameters);
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result);
    }
    return result.getAsJsonObject("result").get("value").getAsString();
  }

  /** Waits until an expression is true. */
  void await(String expression) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS_MAX).toNanos();
    while (!evaluate(expression).equals("true")) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "never true: " + expression + "; the page:\n" + evaluate("document.body.innerText"));
      }
      Thread.sleep(20);
    }
  }

  void preferDark() throws Exception {
    send(
        "Emulation.setEmulatedMedia",
        JsonParser.parseString(
                "{\"features\": [{\"name\": \"prefers-color-scheme\", \"value\": \"dark\"}]}")
            .getAsJsonObject());
  }

  /** Pixels of the page, whatever the window takes for itself. */
  void size(int width, int height) throws Exception {
    JsonObject metrics = new JsonObject();
    metrics.addProperty("width", width);
    metrics.addProperty("height", height);
    metrics.addProperty("deviceScaleFactor", 1);
    metrics.addProperty("mobile", false);
    send("Emulation.setDeviceMetricsOverride", metrics);
  }

  byte[] screenshot() throws Exception {
    JsonObject shot = send("Page.captureScreenshot", new JsonObject());
    return Base64.getDecoder().decode(shot.get("data").getAsString());
  }

  @Override
  public void close() throws InterruptedException, IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
        text.setLength(0);
        if (message.has("id")) {
          Optional.ofNullable(waiting.remove(message.get("id").getAsInt()))
              .ifPresent(answer -> answer.complete(message));
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
