package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.policy.Policy;
import dev.sojourn.server.ops.AdminServer;
import dev.sojourn.server.ops.NodeMetrics;
import dev.sojourn.server.ops.PolicyAdmin;
import dev.sojourn.server.ops.PolicyPreview;
import dev.sojourn.server.ops.PreviewPage;
import dev.sojourn.server.policy.RolloutReport;
import dev.sojourn.server.shell.RecordScan;
import dev.sojourn.server.storage.SeededBytes;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.server.storage.rocksdb.RocksStoreOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the admin port answers while one policy is taken and another is tried, however long. */
@Timeout(60)
class AdminWhileTakingTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch bothHeld = new CountDownLatch(2);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private TestNodes nodes;
  private SessionStore store;
  private AdminServer admin;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    nodes = new TestNodes(directory, BOS);
    nodes.start(BOS);
    store =
        new FaultyStore.Faults()
            .open(
                RocksStoreOptions.in(directory.resolve("store")).withReserveBytes(0),
                new SeededBytes(5),
                StoreListener.NONE);
    admin =
        new AdminServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            nodes.node(BOS)::status,
            new NodeMetrics(),
            store,
            new HeldPush(),
            new PreviewPage(new PolicyPreview(BOS, new RecordScan(store), () -> 0), this::compile),
            () -> {});
    admin.start();
  }

  /** Takes a policy for as long as the test says. */
  private final class HeldPush implements PolicyAdmin {
    @Override
    public void push(byte[] bundle) {
      hold();
    }

    @Override
    public Optional<RolloutReport> report() {
      return Optional.empty();
    }
  }

  private PolicyInForce compile(Policy policy) {
    hold();
    throw new IllegalStateException("this test has no use for " + policy.version());
  }

  private void hold() {
    bothHeld.countDown();
    try {
      mayGoOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() throws Exception {
    mayGoOn.countDown();
    admin.close();
    store.close();
    nodes.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path));
  }

  private HttpRequest post(String path) {
    return request(path).POST(HttpRequest.BodyPublishers.ofString(DrawnPolicy.OPEN)).build();
  }

  private HttpResponse<String> answer(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void shouldGoOnAnsweringAndRefuseAnotherPolicyMeanwhile() throws Exception {
    CompletableFuture<HttpResponse<String>> pushed =
        http.sendAsync(post("/policy"), HttpResponse.BodyHandlers.ofString());
    CompletableFuture<HttpResponse<String>> tried =
        http.sendAsync(post("/policy/preview"), HttpResponse.BodyHandlers.ofString());
    bothHeld.await();

    HttpResponse<String> another = answer(post("/policy"));
    assertThat(another.statusCode()).isEqualTo(503);
    assertThat(another.body()).contains("\"kind\":\"busy\"");
    assertThat(answer(post("/policy/preview")).statusCode()).isEqualTo(503);
    for (String path : new String[] {"/livez", "/readyz", "/status", "/metrics", "/policy"}) {
      assertThat(answer(request(path).build()).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(pushed).isNotDone();
    assertThat(tried).isNotDone();

    mayGoOn.countDown();
    assertThat(pushed.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(answer(post("/policy")).statusCode()).as("once that is done").isEqualTo(200);
  }
}
