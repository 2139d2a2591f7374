package dev.sojourn.cli.demo.web;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one address that the browser knows. It serves the page, and plays the network: what the user
 * asks for in a city goes to the edge function there, cookie and all, and comes back as it is.
 */
final class Front implements AutoCloseable {
  private static final Pattern LOOPBACK = Pattern.compile("(127\\.0\\.0\\.1|localhost)(:\\d+)?");
  private static final Pattern HINT = Pattern.compile("(?:^|;\\s*)sojourn-dev=([\\w.~=-]{1,200})");
  private static final int BODY_BYTES_MAX = 4096;
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpClient toEdges =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Pages pages;
  private final JsonObject world;
  private final Map<String, Edge> edges;
  private final Map<String, String> countries;
  private final Whereabouts whereabouts;

  /**
   * @param world what the page is told of the POPs, once
   * @param edges by their POPs' ids
   * @param countries of the POPs, by id
   */
  Front(
      Pages pages,
      JsonObject world,
      Map<String, Edge> edges,
      Map<String, String> countries,
      Whereabouts whereabouts)
      throws IOException {
    this.pages = pages;
    this.world = world;
    this.edges = Map.copyOf(edges);
    this.countries = Map.copyOf(countries);
    this.whereabouts = whereabouts;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("host")).orElse("");
      String path = exchange.getRequestURI().getPath();
      if (!LOOPBACK.matcher(host).matches()) {
        // A name that leads here is a page's attempt to read this one.
        send(exchange, 403, "text/plain", "only by a loopback address");
      } else if (path.startsWith("/at/")) {
        atPop(exchange, path.substring("/at/".length()));
      } else if (path.equals("/world")) {
        send(exchange, 200, "application/json", world.toString());
      } else {
        Optional<Pages.Page> page = pages.find(path);
        if (page.isPresent()) {
          send(exchange, 200, page.get().type(), page.get().body());
        } else {
          send(exchange, 404, "text/plain", "there is no such page");
        }
      }
    }
  }

  private void atPop(HttpExchange exchange, String id) throws IOException {
    Edge edge = edges.get(id);
    if (edge == null) {
      send(exchange, 404, "text/plain", "there is no such POP");
    } else if (exchange.getRequestMethod().equals("POST")) {
      forward(exchange, edge);
    } else {
      JsonObject found = whereabouts.of(hintOf(exchange), new PopId(id));
      send(exchange, 200, "application/json", found.toString());
    }
  }

  /** Only JSON: what a form on another page may send without asking is refused. */
  private void forward(HttpExchange exchange, Edge edge) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("content-type");
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (!"application/json".equals(type) || body.length > BODY_BYTES_MAX) {
      send(exchange, 400, "text/plain", "this takes a little JSON");
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + "/"))
            .timeout(Duration.ofSeconds(15))
            .header("content-type", type)
            .header("x-country", countries.getOrDefault(edge.pop().name(), ""))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    List<String> cookies = exchange.getRequestHeaders().getOrDefault("cookie", List.of());
    cookies.forEach(cookie -> request.header("cookie", cookie));
    HttpResponse<byte[]> answer = send(request.build());
    for (String cookie : answer.headers().allValues("set-cookie")) {
      exchange.getResponseHeaders().add("set-cookie", cookie);
    }
    send(exchange, answer.statusCode(), "application/json", answer.body());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return toEdges.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the demo is ending");
    }
  }

  private static String hintOf(HttpExchange exchange) {
    List<String> cookies = exchange.getRequestHeaders().getOrDefault("cookie", List.of());
    Matcher hint = HINT.matcher(String.join("; ", cookies));
    return hint.find() ? hint.group(1) : "";
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("content-type", type);
    exchange.getResponseHeaders().set("cache-control", "no-store");
    exchange.getResponseHeaders().set("x-content-type-options", "nosniff");
    exchange
        .getResponseHeaders()
        .set("content-security-policy", "default-src 'self'; frame-ancestors 'none'");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
