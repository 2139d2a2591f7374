package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.Operation;
import dev.sojourn.v1.StreamResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that is told to end while it works. */
class TerminatedNodeTest {
  private static final int WRITES = 2_000;

  private final SecureRandomSource random = new SecureRandomSource();
  private final List<Process> processes = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  @AfterEach
  void clear() {
    channels.forEach(ManagedChannel::shutdownNow);
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void shouldEndWellOnSigtermAndHaveEverythingThatItAcknowledged(@TempDir Path directory)
      throws Exception {
    NodeFiles files = new NodeFiles(directory);
    Process first = start(files);
    TestStream writing = stream(files, first);
    List<ExecuteRequest> creations = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      creations.add(request("", put("i", "v" + (i + 1))));
    }
    writing.send(creations);
    writing.awaitReplies(1);

    // SIGTERM, while most of the answers are still on their way.
    first.destroy();
    assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(first.exitValue()).isZero();
    assertThat(writing.ended.join()).isTrue();
    Map<Long, String> acknowledged = new LinkedHashMap<>();
    writing.replies.forEach(
        (call, reply) -> {
          if (reply.hasOk()) {
            acknowledged.put(call, reply.getOk().getHint());
          }
        });
    assertThat(acknowledged).isNotEmpty();

    Process second = start(files);
    TestStream reading = stream(files, second);
    List<Long> asked = List.copyOf(acknowledged.keySet());
    reading.send(asked.stream().map(call -> read(acknowledged, call)).toList());
    reading.awaitReplies(asked.size());
    for (int i = 0; i < asked.size(); i++) {
      assertThat(value(reading.reply(i + 1L))).isEqualTo("v" + asked.get(i));
    }
    second.destroy();
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isZero();
  }

  private Process start(NodeFiles files) throws IOException {
    Process process = RunningNode.start(files);
    processes.add(process);
    return process;
  }

  private TestStream stream(NodeFiles files, Process process) throws IOException {
    int port = files.awaitPorts(() -> !process.isAlive()).get("clients").getAsInt();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    channels.add(channel);
    return new TestStream(channel);
  }

  private ExecuteRequest read(Map<Long, String> hints, long call) {
    return request(Objects.requireNonNull(hints.get(call)), get("i"));
  }

  private ExecuteRequest request(String hint, Operation operation) {
    return ExecuteRequest.newBuilder()
        .setNamespace("shop")
        .setHint(hint)
        .setRequestId(ByteString.copyFrom(random.nextBytes(16).unsafeArray()))
        .addOperations(operation)
        .build();
  }

  private static String value(StreamResponse.Reply reply) {
    return reply.getOk().getResults(0).getFields().getFields(0).getValue().toStringUtf8();
  }
}
