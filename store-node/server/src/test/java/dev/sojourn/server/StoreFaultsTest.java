package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.increment;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.ops.Phase;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.Outcome;
import dev.sojourn.v1.SessionServiceGrpc;
import dev.sojourn.v1.StreamResponse;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients and other POPs see of a node whose store fails, is full, or is damaged. */
class StoreFaultsTest {
  private final FaultyStore.Faults faults = new FaultyStore.Faults();
  private TestNodes nodes;

  @BeforeEach
  void startTwoNodes(@TempDir Path directory) throws Exception {
    nodes = new TestNodes(directory, BOS, FRA);
    nodes.start(BOS, faults::open);
    nodes.start(FRA);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void shouldStopAndAnswerNothingMoreWhenItsStoreFails() throws Exception {
    String hint = create("tea");
    TestStream stream = new TestStream(nodes.channel(BOS));
    List<ExecuteRequest> writes = new ArrayList<>();
    writes.add(nodes.request(hint, put("cart", "rum")).build());
    for (int i = 0; i < 50; i++) {
      writes.add(nodes.request("", put("i", "v" + i)).build());
    }
    ManagedChannel other = nodes.channel(BOS);
    assertThat(readOn(other, hint).getOutcome().getHow()).isEqualTo(Outcome.How.LOCAL);

    faults.failNextSync();
    stream.send(writes);
    stream.awaitReplies(writes.size());

    assertThat(stream.replies).hasSize(writes.size());
    for (StreamResponse.Reply reply : stream.replies.values()) {
      assertThat(reply.getError().getCode()).isEqualTo(ErrorCode.SHUTTING_DOWN);
      assertThat(reply.getError().getRetryable()).isTrue();
    }
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> readOn(other, hint));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(nodes.node(BOS).awaitEnd()).isEqualTo(ExitStatus.STORAGE);
    assertThat(ExitStatus.STORAGE.code()).isEqualTo(74);
    assertThat(nodes.node(BOS).status().phase()).isEqualTo(Phase.FAILED);

    nodes.start(BOS);
    assertThat(nodes.read(BOS, hint, "cart")).isEqualTo("tea");
  }

  @Test
  void shouldStillServeReadsAndHandSessionsOverWhenItsDiskIsFull() throws Exception {
    String kept = create("tea");
    String leaving = create("rum");
    String elsewhere =
        nodes.client(FRA).execute(nodes.request("", put("cart", "mate")).build()).getHint();
    nodes.node(BOS).close();
    nodes.reserve(1L << 60);
    nodes.start(BOS);

    ErrorDetail refused = nodes.refusal(BOS, nodes.request("", put("cart", "gin")).build());
    assertThat(refused.getCode()).isEqualTo(ErrorCode.STORAGE_FULL);
    assertThat(refused.getRetryable()).isTrue();
    assertThat(nodes.read(BOS, kept, "cart")).isEqualTo("tea");
    assertThat(nodes.refusal(BOS, nodes.request(kept, put("cart", "gin")).build()).getCode())
        .isEqualTo(ErrorCode.STORAGE_FULL);

    ExecuteResponse granted =
        nodes.client(FRA).execute(nodes.request(leaving, increment("n"), get("cart")).build());
    assertThat(granted.getOutcome().getHow()).isEqualTo(Outcome.How.GRANTED);
    assertThat(granted.getResults(1).getFields().getFields(0).getValue().toStringUtf8())
        .isEqualTo("rum");

    ExecuteResponse remote =
        nodes.client(BOS).execute(nodes.request(elsewhere, increment("n"), get("cart")).build());
    assertThat(remote.getOutcome().getHow()).isEqualTo(Outcome.How.EXECUTED_REMOTELY);
    assertThat(remote.getOutcome().getOwnerPop()).isEqualTo("fra");
    assertThat(remote.getResults(0).getNumber()).isEqualTo(1);
  }

  @Test
  void shouldRefuseASessionWhoseRecordIsDamagedAndServeTheOthers() throws Exception {
    String damaged = create("tea");
    String whole = create("rum");
    faults.corrupt(keyOf(damaged));
    nodes.node(BOS).close();
    nodes.start(BOS, faults::open);

    for (int again = 0; again < 2; again++) {
      ErrorDetail refused = nodes.refusal(BOS, nodes.request(damaged, get()).build());
      assertThat(refused.getCode()).isEqualTo(ErrorCode.INTERNAL);
      assertThat(refused.getPop()).isEqualTo("bos");
    }
    assertThat(nodes.refusal(FRA, nodes.request(damaged, increment("n")).build()).getCode())
        .isEqualTo(ErrorCode.INTERNAL);
    assertThat(nodes.read(BOS, whole, "cart")).isEqualTo("rum");
    assertThat(nodes.node(BOS).status().phase()).isEqualTo(Phase.READY);
    assertThat(nodes.node(BOS).status().shards().callersWaiting()).isZero();
  }

  private String create(String content) {
    return nodes.client(BOS).execute(nodes.request("", put("cart", content)).build()).getHint();
  }

  private KeyHash keyOf(String hint) {
    InspectRequest request = InspectRequest.newBuilder().setNamespace("shop").setHint(hint).build();
    return new KeyHash(Bytes.fromHex(nodes.client(BOS).inspect(request).getSessionHash()));
  }

  private ExecuteResponse readOn(ManagedChannel channel, String hint) {
    return SessionServiceGrpc.newBlockingStub(channel).execute(nodes.request(hint, get()).build());
  }
}
