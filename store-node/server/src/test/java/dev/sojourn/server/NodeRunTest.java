package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.SessionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeRunTest {
  @Test
  void shouldSayByItsExitCodeThatTheConfigurationIsWrong(@TempDir Path directory) throws Exception {
    assertThat(Node.run(directory.resolve("nowhere.yaml"))).isEqualTo(ExitStatus.CONFIG.code());
    NodeFiles files = new NodeFiles(directory);
    files.write("topology.yaml", NodeFiles.TOPOLOGY.replace("country: US", "country: Utopia"));
    assertThat(Node.run(files.node())).isEqualTo(ExitStatus.CONFIG.code());
  }

  @Test
  void shouldTakeANamespaceThatIsAddedWhileItRunsAndEndInGoodOrder(@TempDir Path directory)
      throws Exception {
    NodeFiles files = new NodeFiles(directory);
    CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> Node.run(files.node()));
    JsonObject ports = files.awaitPorts(exit::isDone);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", ports.get("clients").getAsInt())
            .usePlaintext()
            .build();
    try {
      assertThat(isServed(channel, "shop")).isTrue();
      assertThat(isServed(channel, "chat")).isFalse();
      files.write("topology.yaml", NodeFiles.TOPOLOGY + "  - name: chat\n");
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
}
