package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.SessionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeRunTest {
  private static final String TOPOLOGY =
      """
      pops:
        - id: bos
          country: US
          latitude: 42.36
          longitude: -71.06
          endpoint: 127.0.0.1:7401
      namespaces:
        - name: shop
      """;

  @Test
  void shouldSayByItsExitCodeThatTheConfigurationIsWrong(@TempDir Path directory) throws Exception {
    assertThat(Node.run(directory.resolve("nowhere.yaml"))).isEqualTo(ExitStatus.CONFIG.code());
    writeFiles(directory);
    write(directory, "topology.yaml", TOPOLOGY.replace("country: US", "country: Utopia"));
    assertThat(Node.run(directory.resolve("node.yaml"))).isEqualTo(ExitStatus.CONFIG.code());
  }

  @Test
  void shouldTakeANamespaceThatIsAddedWhileItRunsAndEndInGoodOrder(@TempDir Path directory)
      throws Exception {
    writeFiles(directory);
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(() -> Node.run(directory.resolve("node.yaml")));
    Path portsFile = directory.resolve("data").resolve(NodePorts.FILE_NAME);
    TestNodes.await("the node is ready", () -> Files.exists(portsFile) || exit.isDone());
    JsonObject ports = JsonParser.parseString(Files.readString(portsFile)).getAsJsonObject();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", ports.get("clients").getAsInt())
            .usePlaintext()
            .build();
    try {
      assertThat(isServed(channel, "shop")).isTrue();
      assertThat(isServed(channel, "chat")).isFalse();
      write(directory, "topology.yaml", TOPOLOGY + "  - name: chat\n");
      TestNodes.await("the namespace is there", () -> isServed(channel, "chat"));
    } finally {
      channel.shutdownNow();
    }
    drain(ports.get("admin").getAsInt());
    assertThat(exit.join()).isEqualTo(ExitStatus.OK.code());
  }

  private static boolean isServed(ManagedChannel channel, String namespace) {
    try {
      SessionServiceGrpc.newBlockingStub(channel)
          .execute(
              ExecuteRequest.newBuilder()
                  .setNamespace(namespace)
                  .setRequestId(
                      ByteString.copyFrom(new SecureRandomSource().nextBytes(16).unsafeArray()))
                  .addOperations(put("cart", "tea"))
                  .build());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static void drain(int adminPort) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + adminPort + "/drain");
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.discarding());
  }

  private static void writeFiles(Path directory) throws IOException {
    write(
        directory,
        "node.yaml",
        """
        pop: bos
        data: data
        topology: topology.yaml
        keys: keys.yaml
        listen:
          clients: 127.0.0.1:0
          peers: 127.0.0.1:0
          admin: 127.0.0.1:0
        """);
    write(directory, "topology.yaml", TOPOLOGY);
    KeysFile.create(
        directory.resolve("keys.yaml"),
        NodeKeys.fresh(new SecureRandomSource(), LocalDate.of(2026, 1, 1)));
  }

  private static void write(Path directory, String name, String content) {
    try {
      Files.write(directory.resolve(name), content.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
