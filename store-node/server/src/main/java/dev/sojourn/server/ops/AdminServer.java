package dev.sojourn.server.ops;

import com.google.common.collect.ImmutableSet;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.Completion;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.yaml.YamlReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin port, in plain HTTP: {@code GET /livez}, {@code /readyz}, {@code /metrics}, {@code
 * /status}, {@code /sessions/KEYHASH}, {@code /ledger}, {@code /policy}; {@code POST /policy},
 * which takes a signed policy, {@code POST /policy/preview}, and {@code POST /drain}, which begins
 * an orderly end. It asks nobody who they are, and belongs on loopback or on a network of its own.
 */
public final class AdminServer {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

  /** One may be held by a policy that is taken, and one by a policy that is tried. */
  private static final int THREADS = 4;

  private static final long LOAD_SECONDS_MAX = 5;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Supplier<NodeStatus> status;
  private final NodeMetrics metrics;
  private final SessionStore store;

  /** One answer; the body is JSON unless it says otherwise. */
  record Answer(int code, String contentType, String body) {
    static Answer json(int code, JsonObject body) {
      return new Answer(code, "application/json", body + "\n");
    }

    static Answer problem(int code, String text) {
      JsonObject body = new JsonObject();
      body.addProperty("error", text);
      return json(code, body);
    }
  }

  private interface Handler {
    Answer answer(HttpExchange exchange) throws IOException;
  }

  /**
   * Binds the port; {@link #start} begins to answer.
   *
   * @throws IOException if the port cannot be bound
   */
  public AdminServer(
      InetSocketAddress address,
      Supplier<NodeStatus> status,
      NodeMetrics metrics,
      SessionStore store,
      PolicyAdmin policies,
      PreviewPage preview,
      Runnable drain)
      throws IOException {
    this.server = HttpServer.create(address, 0);
    this.threads =
        Executors.newFixedThreadPool(
            THREADS, new ThreadFactoryBuilder().setNameFormat("admin-%d").setDaemon(true).build());
    this.status = status;
    this.metrics = metrics;
    this.store = store;
    server.setExecutor(threads);
    get("/livez", exchange -> probe(phase -> phase != Phase.FAILED));
    get("/readyz", exchange -> probe(phase -> phase == Phase.READY));
    get("/metrics", exchange -> openMetrics());
    get("/status", exchange -> Answer.json(200, StatusJson.of(status.get())));
    get("/sessions/", this::session);
    PolicyPage policy = new PolicyPage(policies, status);
    serve(
        ImmutableSet.of("GET", "POST"),
        "/policy",
        exchange -> send(exchange, policy.answer(exchange)));
    serve(ImmutableSet.of("POST"), "/policy/preview", exchange -> preview(preview, exchange));
    LedgerExport export = new LedgerExport(store);
    serve(ImmutableSet.of("GET"), "/ledger", export::send);
    serve(
        ImmutableSet.of("POST"),
        "/drain",
        exchange -> {
          send(exchange, draining());
          // Only once it is answered: the end of the node is also that of this server.
          drain.run();
        });
  }

  public void start() {
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** A walk over the store takes long, and keeps no thread of this server meanwhile. */
  private void preview(PreviewPage page, HttpExchange exchange) throws IOException {
    byte[] policy = exchange.getRequestBody().readNBytes(YamlReader.BYTES_MAX + 1);
    CompletableFuture<Answer> answer = page.answer(policy);
    answer.thenAcceptAsync(
        told -> {
          try {
            send(exchange, told);
          } catch (IOException e) {
            LOG.debug("whoever asked has gone", e);
          }
        },
        threads);
  }

  private void get(String path, Handler handler) {
    serve(ImmutableSet.of("GET"), path, exchange -> send(exchange, handler.answer(exchange)));
  }

  private void serve(ImmutableSet<String> methods, String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          Optional<Answer> refusal = refusal(exchange, path, methods);
          if (refusal.isPresent()) {
            send(exchange, refusal.get());
          } else {
            handler.handle(exchange);
          }
        });
  }

  private static Optional<Answer> refusal(
      HttpExchange exchange, String path, ImmutableSet<String> methods) {
    boolean isHere = path.endsWith("/") || exchange.getRequestURI().getPath().equals(path);
    if (!isHere) {
      return Optional.of(Answer.problem(404, "no such page"));
    } else if (!methods.contains(exchange.getRequestMethod())) {
      return Optional.of(Answer.problem(405, "use " + String.join(" or ", methods)));
    } else if (exchange.getRequestHeaders().containsKey("Origin")) {
      // A page in a browser on this machine, which loopback does not keep out.
      return Optional.of(Answer.problem(403, "this is not for pages in a browser"));
    }
    return Optional.empty();
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.code(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer probe(Predicate<Phase> isGood) {
    Phase phase = status.get().phase();
    JsonObject body = new JsonObject();
    body.addProperty("phase", phase.name().toLowerCase(Locale.ROOT));
    return Answer.json(isGood.test(phase) ? 200 : 503, body);
  }

  private Answer openMetrics() throws IOException {
    return new Answer(200, NodeMetrics.contentType(), metrics.openMetrics(status.get()));
  }

  private static Answer draining() {
    JsonObject body = new JsonObject();
    body.addProperty("draining", true);
    return Answer.json(202, body);
  }

  private Answer session(HttpExchange exchange) {
    String name = exchange.getRequestURI().getPath().substring("/sessions/".length());
    KeyHash key;
    try {
      key = new KeyHash(Bytes.fromHex(name));
    } catch (IllegalArgumentException e) {
      return Answer.problem(400, "a session is named by the 32 hexadecimal digits of its key hash");
    }
    CompletableFuture<Optional<SessionRecord>> loaded = new CompletableFuture<>();
    store.load(key, new Completion<>(loaded));
    try {
      SessionRecord record =
          loaded.get(LOAD_SECONDS_MAX, TimeUnit.SECONDS).orElse(SessionRecord.NONE);
      return Answer.json(200, StatusJson.of(status.get().pop(), key, record));
    } catch (ExecutionException | TimeoutException e) {
      return Answer.problem(500, "the record cannot be read");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.problem(503, "the node ends");
    }
  }
}
