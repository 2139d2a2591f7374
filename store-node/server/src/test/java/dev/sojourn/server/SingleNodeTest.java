package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.destroy;
import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.increment;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sojourn.server.config.NodeSetup;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.Outcome;
import dev.sojourn.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import dev.sojourn.v1.StreamResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleNodeTest {
  private TestNodes nodes;
  private SessionServiceBlockingStub client;

  @BeforeEach
  void startOneNode(@TempDir Path directory) throws Exception {
    nodes = new TestNodes(directory, BOS);
    nodes.start(BOS);
    client = nodes.client(BOS);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void shouldCreateReadAndWriteByUnaryCalls() {
    ExecuteResponse created = client.execute(nodes.request("", put("cart", "tea")).build());
    assertThat(created.getHint()).isNotEmpty().hasSizeLessThanOrEqualTo(200);
    assertThat(created.getHintMaxAgeSeconds()).isPositive();
    assertThat(created.getOutcome().getSessionCreated()).isTrue();
    assertThat(created.getOutcome().getVersion()).isEqualTo(1);

    ExecuteResponse changed =
        client.execute(nodes.request(created.getHint(), increment("n"), get()).build());
    assertThat(changed.getResults(0).getNumber()).isEqualTo(1);
    assertThat(changed.getResults(1).getFields().getFieldsList())
        .extracting(field -> field.getName() + "=" + field.getValue().toStringUtf8())
        .containsExactly("cart=tea", "n=1");
    assertThat(changed.getOutcome().getHow()).isEqualTo(Outcome.How.LOCAL);
    assertThat(changed.getOutcome().getOwnerPop()).isEqualTo("bos");
    assertThat(changed.getOutcome().getRoundTrips()).isZero();
  }

  @Test
  void shouldCreateNothingWithoutAHintAndAWrite() {
    ExecuteResponse read = client.execute(nodes.request("", get("cart")).build());
    assertThat(read.getHint()).isEmpty();
    assertThat(read.getResults(0).getFields().getFieldsCount()).isZero();
    assertThat(read.getOutcome().getVersion()).isZero();
  }

  @Test
  void shouldKeepASessionAcrossARestart() throws Exception {
    String hint = client.execute(nodes.request("", put("cart", "tea")).build()).getHint();
    nodes.restart(BOS);
    ExecuteResponse read = nodes.client(BOS).execute(nodes.request(hint, get("cart")).build());
    assertThat(read.getResults(0).getFields().getFields(0).getValue().toStringUtf8())
        .isEqualTo("tea");
    assertThat(nodes.node(BOS).status().shards().callersWaiting()).isZero();
  }

  @Test
  void shouldApplyARepeatedRequestOnce() {
    String hint = client.execute(nodes.request("", increment("n")).build()).getHint();
    ExecuteRequest again = nodes.request(hint, increment("n")).build();
    client.execute(again);
    ExecuteResponse replayed = client.execute(again);
    assertThat(replayed.getResults(0).getNumber()).isEqualTo(2);
    assertThat(replayed.getOutcome().getReplayed()).isTrue();
  }

  @Test
  void shouldRefuseATooLargeCallWithoutHarmToTheOthersOfItsStream() {
    String large = "x".repeat(3 << 20);
    TestStream stream = new TestStream(nodes.channel(BOS));
    stream.send(List.of(nodes.request("", put("large", large)).build()));
    stream.send(List.of(nodes.request("", put("small", "x")).build()));
    stream.awaitReplies(2);
    assertThat(stream.reply(1).getError().getCode()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(stream.reply(1).getError().getRetryable()).isFalse();
    assertThat(stream.reply(2).hasOk()).isTrue();
    StatusRuntimeException unary =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> client.execute(nodes.request("", put("large", large)).build()));
    assertThat(unary.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void shouldServeManyCallsOfOneStream() {
    TestStream stream = new TestStream(nodes.channel(BOS));
    List<ExecuteRequest> creations = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      creations.add(nodes.request("", put("i", "v" + i)).build());
    }
    stream.send(creations);
    stream.awaitReplies(500);
    List<ExecuteRequest> reads = new ArrayList<>();
    for (long id = 1; id <= 500; id++) {
      assertThat(stream.reply(id).getError()).isEqualTo(ErrorDetail.getDefaultInstance());
      reads.add(nodes.request(stream.reply(id).getOk().getHint(), get("i")).build());
    }
    stream.send(reads);
    stream.awaitReplies(1_000);
    for (long id = 501; id <= 1_000; id++) {
      assertThat(
              stream
                  .reply(id)
                  .getOk()
                  .getResults(0)
                  .getFields()
                  .getFields(0)
                  .getValue()
                  .toStringUtf8())
          .isEqualTo("v" + (id - 501));
    }
    stream.halfClose();
    assertThat(stream.ended.join()).isTrue();
    TestNodes.await("no call is open", () -> nodes.node(BOS).status().callsOpen() == 0);
  }

  @Test
  void shouldAnswerEveryCallOfAnOversizedBatch() {
    TestStream stream = new TestStream(nodes.channel(BOS));
    List<ExecuteRequest> requests = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      requests.add(nodes.request("", get()).build());
    }
    stream.send(requests);
    stream.awaitReplies(5_000);
    assertThat(stream.replies).hasSize(5_000);
    assertThat(stream.replies.values())
        .allMatch(reply -> reply.hasOk() || reply.getError().getCode() == ErrorCode.BUSY);
  }

  @Test
  void shouldNameWhatIsWrongWithARequest() {
    ExecuteResponse made = client.execute(nodes.request("", put("cart", "tea")).build());
    String hint = made.getHint();
    String altered = hint.substring(0, hint.length() - 1) + (hint.endsWith("A") ? "B" : "A");

    assertThat(refusal(nodes.request(altered, get()))).isEqualTo(ErrorCode.HINT_UNREADABLE);
    assertThat(refusal(nodes.request("x".repeat(5_000), get())))
        .isEqualTo(ErrorCode.HINT_UNREADABLE);
    assertThat(refusal(nodes.request("ä; \u0000", get()))).isEqualTo(ErrorCode.HINT_UNREADABLE);
    assertThat(refusal(nodes.request(hint, get()).setNamespace("chat")))
        .isEqualTo(ErrorCode.HINT_UNREADABLE);
    assertThat(refusal(nodes.request(hint, get()).setNamespace("unheard-of")))
        .isEqualTo(ErrorCode.UNKNOWN_NAMESPACE);
    assertThat(refusal(nodes.request(hint, get()).setNamespace("No Name")))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(refusal(nodes.request(hint, get()).clearRequestId()))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(refusal(nodes.request(hint, destroy(), get()))).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(refusal(nodes.request(hint, put("big", "x".repeat(300_000)))))
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);

    ExecuteResponse untouched = client.execute(nodes.request(hint, get()).build());
    assertThat(untouched.getOutcome().getVersion()).isEqualTo(1);
  }

  @Test
  void shouldRefuseInTheStreamWithTheSameDetail() {
    TestStream stream = new TestStream(nodes.channel(BOS));
    stream.send(List.of(nodes.request("nonsense", get()).build()));
    stream.awaitReplies(1);
    StreamResponse.Reply reply = stream.reply(1L);
    assertThat(reply.getError().getCode()).isEqualTo(ErrorCode.HINT_UNREADABLE);
    assertThat(reply.getError().getPop()).isEqualTo("bos");
    assertThat(reply.getError().getRemedy()).isNotEmpty();
  }

  @Test
  void shouldInspectWithoutTouching() {
    String hint = client.execute(nodes.request("", put("cart", "tea")).build()).getHint();
    InspectRequest.Builder request = InspectRequest.newBuilder().setNamespace("shop").setHint(hint);
    InspectResponse closed = client.inspect(request.build());
    assertThat(closed.getState()).isEqualTo(InspectResponse.State.OWNED);
    assertThat(closed.getHoldsPayload()).isTrue();
    assertThat(closed.getVersion()).isEqualTo(1);
    assertThat(closed.getFields(0).getSizeBytes()).isEqualTo(3);
    assertThat(closed.getFields(0).hasValue()).isFalse();
    assertThat(closed.getSessionHash()).hasSize(32);

    InspectResponse open = client.inspect(request.setIncludeFields(true).build());
    assertThat(open.getFields(0).getValue().toStringUtf8()).isEqualTo("tea");
  }

  @Test
  void shouldFinishWhatItAcceptedBeforeItEnds() throws Exception {
    TestStream stream = new TestStream(nodes.channel(BOS));
    List<ExecuteRequest> creations = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      creations.add(nodes.request("", put("i", "v" + i)).build());
    }
    stream.send(creations);
    stream.awaitReplies(1);
    nodes.node(BOS).close();
    assertThat(stream.ended.join()).isTrue();
    assertThat(stream.replies).hasSize(300);
    assertThat(nodes.node(BOS).awaitEnd()).isEqualTo(ExitStatus.OK);

    nodes.start(BOS);
    SessionServiceBlockingStub after = nodes.client(BOS);
    for (StreamResponse.Reply reply : stream.replies.values()) {
      assertThat(reply.hasOk()).isTrue();
      ExecuteResponse read =
          after.execute(nodes.request(reply.getOk().getHint(), get("i")).build());
      assertThat(read.getResults(0).getFields().getFields(0).getValue().toStringUtf8())
          .isEqualTo("v" + (reply.getCallId() - 1));
    }
  }

  @Test
  void shouldNotStartASecondNodeOnTheSameData() {
    NodeFailure failure =
        catchThrowableOfType(NodeFailure.class, () -> Node.start(nodes.setup(BOS)));
    assertThat(failure.status()).isEqualTo(ExitStatus.LOCKED);
    assertThat(failure.line()).contains("bos").doesNotContain("\n");
  }

  @Test
  void shouldSayThatAPortIsInUse(@TempDir Path elsewhere) {
    NodeSetup moved = nodes.setup(BOS, elsewhere);
    NodeFailure failure = catchThrowableOfType(NodeFailure.class, () -> Node.start(moved));
    assertThat(failure.status()).isEqualTo(ExitStatus.UNAVAILABLE);
    assertThat(failure.line())
        .contains(moved.node().listen().peers().toString())
        .contains("listen.peers")
        .doesNotContain("\n");
  }

  @Test
  void shouldTellItsHealth() {
    var health = HealthGrpc.newBlockingStub(nodes.channel(BOS));
    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  private ErrorCode refusal(ExecuteRequest.Builder request) {
    return TestNodes.refusal(client, request.build()).getCode();
  }
}
