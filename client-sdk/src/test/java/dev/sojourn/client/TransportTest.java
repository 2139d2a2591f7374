package dev.sojourn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ExecuteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransportTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ScriptedNode node = new ScriptedNode();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void shouldSendWhatQueuedUpInOneBatchAndAllOnOneStream() {
    int calls = 500;
    CountDownLatch goOn = new CountDownLatch(1);
    node.script(call -> call.answer(Answers.to(call.request(), 1, Map.of()).build()));
    try (SojournClient client = node.clients().deadline(LONG).build()) {
      client.resume("first").execute(Operations.none().getAll());
      // The event loop is held up, as by a busy batch, while calls queue up behind it. It is the
      // loop that runs what follows an answer only if that is there before the answer.
      CountDownLatch mayAnswer = new CountDownLatch(1);
      node.script(
          call -> {
            await(mayAnswer);
            call.answer(Answers.to(call.request(), 1, Map.of()).build());
          });
      CountDownLatch heldUp = new CountDownLatch(1);
      client
          .resume("busy")
          .executeAsync(Operations.none().getAll())
          .thenRun(
              () -> {
                heldUp.countDown();
                await(goOn);
              });
      mayAnswer.countDown();
      await(heldUp);
      List<CompletableFuture<Results>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        all.add(client.resume("h" + i).executeAsync(Operations.none().getAll()));
      }
      goOn.countDown();
      all.forEach(CompletableFuture::join);
    }

    assertThat(node.streamCount()).isEqualTo(1);
    assertThat(node.batchSizes()).contains(calls);
  }

  @Test
  void shouldKeepBatchesUnderTheirBoundAndLargeCallsWhole() {
    node.script(call -> call.answer(Answers.to(call.request(), 1, Map.of()).build()));
    try (SojournClient client = node.clients().deadline(LONG).build()) {
      List<CompletableFuture<Results>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(client.resume("h" + i).put("large", new byte[40_000]).saveAsync());
      }
      all.add(client.resume("huge").put("huge", new byte[1_000_000]).saveAsync());
      all.forEach(CompletableFuture::join);
    }

    assertThat(node.requests()).hasSize(21);
    assertThat(node.batchSizes()).allSatisfy(size -> assertThat(size).isEqualTo(1));
  }

  @Test
  void shouldMatchRepliesByCallWhateverTheirOrder() {
    try (SojournClient client = node.clients().deadline(LONG).build()) {
      CompletableFuture<Results> first =
          client.resume("first").executeAsync(Operations.none().getAll());
      CompletableFuture<Results> second =
          client.resume("second").executeAsync(Operations.none().getAll());
      List<ScriptedNode.Arrival> arrived = List.of(node.next(), node.next());
      for (int i = 1; i >= 0; i--) {
        ExecuteRequest request = arrived.get(i).request();
        arrived.get(i).answer(Answers.to(request, 1, Map.of(request.getHint(), "")).build());
      }

      assertThat(first.join().fields().keySet()).containsExactly("first");
      assertThat(second.join().fields().keySet()).containsExactly("second");
    }
  }

  @Test
  void shouldSendTheSameBytesAgainWhenTheStreamBreaks() {
    try (SojournClient client = node.clients().deadline(LONG).build()) {
      CompletableFuture<Results> saved = client.resume("hint1").increment("hits", 1).saveAsync();
      node.next().breakStream();
      ScriptedNode.Arrival again = node.next();
      again.answer(Answers.to(again.request(), 1, Map.of()).build());

      assertThat(saved.join().number(0)).isEqualTo(1);
      assertThat(again.streamNumber()).isEqualTo(2);
      assertThat(node.requests().get(1).toByteString())
          .isEqualTo(node.requests().get(0).toByteString());
    }
  }

  @Test
  void shouldReachANodeThatWasStartedAgain() {
    int port = node.port();
    try (SojournClient client = node.clients().deadline(LONG).build()) {
      CompletableFuture<Results> saved = client.resume("hint1").increment("hits", 1).saveAsync();
      ScriptedNode.Arrival before = node.next();
      node.close();
      try (ScriptedNode restarted = new ScriptedNode(port)) {
        ScriptedNode.Arrival again = restarted.next();
        again.answer(Answers.to(again.request(), 1, Map.of()).build());

        assertThat(saved.join().all()).hasSize(1);
        assertThat(again.request()).isEqualTo(before.request());
      }
    }
  }

  @Test
  void shouldRetryRetryableErrorsWithTheSameBytesAndCountTheAttempts() {
    node.script(
        call -> {
          if (node.requests().size() < 4) {
            call.refuse(ScriptedNode.error(ErrorCode.OWNER_UNREACHABLE, true));
          } else {
            call.answer(Answers.to(call.request(), 1, Map.of()).build());
          }
        });
    try (SojournClient client = node.clients().deadline(LONG).build()) {
      Session session = client.resume("hint1");
      session.increment("hits", 1).save();

      assertThat(session.lastOutcome())
          .hasValueSatisfying(outcome -> assertThat(outcome.attempts()).isEqualTo(4));
      assertThat(node.requests()).hasSize(4);
      assertThat(Set.copyOf(node.requests())).hasSize(1);
      assertThat(node.arrivals())
          .extracting(arrival -> arrival.call().getTimeLeftMillis())
          .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }
  }

  @Test
  void shouldNotRetryWhatWouldFailAgain() {
    node.script(call -> call.refuse(ScriptedNode.error(ErrorCode.LIMIT_EXCEEDED, false)));
    try (SojournClient client = node.clients().deadline(LONG).build()) {
      assertThatThrownBy(() -> client.resume("hint1").putText("a", "b").save())
          .isInstanceOf(RequestRefusedException.class)
          .hasMessageContaining("LIMIT_EXCEEDED at bos: scripted");
      assertThat(node.requests()).hasSize(1);
    }
  }

  @Test
  void shouldGiveTheLastErrorWhenAnotherRetryWouldMissTheDeadline() {
    node.script(
        call ->
            call.refuse(
                ScriptedNode.error(ErrorCode.STORAGE_FULL, true).toBuilder()
                    .setRetryAfterMillis(3_600_000)
                    .build()));
    try (SojournClient client = node.clients().deadline(LONG).build()) {
      assertThatThrownBy(() -> client.resume("hint1").putText("a", "b").save())
          .isInstanceOfSatisfying(
              UnavailableException.class,
              e -> {
                assertThat(e.code()).isEqualTo(dev.sojourn.client.ErrorCode.STORAGE_FULL);
                assertThat(e.pop()).contains("bos");
                assertThat(e.problem().retryAfter()).isEqualTo(Duration.ofHours(1));
              });
    }
  }

  @Test
  void shouldEndACallThatIsNotAnsweredByItsDeadline() {
    try (SojournClient client = node.clients().deadline(Duration.ofMillis(20)).build()) {
      assertThatThrownBy(() -> client.open("__Host-sojourn=hint1"))
          .isInstanceOfSatisfying(
              UnavailableException.class,
              e -> {
                assertThat(e.code()).isEqualTo(dev.sojourn.client.ErrorCode.DEADLINE_EXCEEDED);
                assertThat(e.getMessage()).contains(node.target()).contains("20 ms");
              });
    }
  }

  @Test
  void shouldSayWhyWhenThereIsNoNode() {
    node.close();
    try (SojournClient client = node.clients().deadline(Duration.ofSeconds(2)).build()) {
      assertThatThrownBy(() -> client.open("__Host-sojourn=hint1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("UNAVAILABLE");
    }
  }

  @Test
  void shouldRefuseMoreCallsThanMayWait() {
    try (SojournClient client = node.clients().deadline(LONG).inFlightMax(2).build()) {
      CompletableFuture<Results> first = client.resume("a").putText("a", "b").saveAsync();
      CompletableFuture<Results> second = client.resume("b").putText("a", "b").saveAsync();

      assertThatThrownBy(() -> client.resume("c").putText("a", "b").save())
          .isInstanceOfSatisfying(
              UnavailableException.class,
              e -> assertThat(e.code()).isEqualTo(dev.sojourn.client.ErrorCode.BUSY));

      for (int i = 0; i < 2; i++) {
        ScriptedNode.Arrival arrival = node.next();
        arrival.answer(Answers.to(arrival.request(), 1, Map.of()).build());
      }
      CompletableFuture.allOf(first, second).join();
      CompletableFuture<Results> third = client.resume("c").putText("a", "b").saveAsync();
      ScriptedNode.Arrival arrival = node.next();
      arrival.answer(Answers.to(arrival.request(), 1, Map.of()).build());
      assertThat(third.join().all()).hasSize(1);
    }
  }

  @Test
  void shouldRefuseARequestThatNoNodeWouldTake() {
    try (SojournClient client = node.clients().build()) {
      assertThatThrownBy(() -> client.resume("a").put("a", new byte[5_000_000]).save())
          .isInstanceOfSatisfying(
              RequestRefusedException.class,
              e -> assertThat(e.code()).isEqualTo(dev.sojourn.client.ErrorCode.LIMIT_EXCEEDED));
      assertThat(node.requests()).isEmpty();
    }
  }

  @Test
  void shouldUseAsManyStreamsAsChannels() {
    node.script(call -> call.answer(Answers.to(call.request(), 1, Map.of()).build()));
    try (SojournClient client = node.clients().deadline(LONG).channels(2).build()) {
      for (int i = 0; i < 4; i++) {
        client.resume("h" + i).execute(Operations.none().getAll());
      }
    }

    assertThat(node.streamCount()).isEqualTo(2);
  }

  @Test
  void shouldEndWaitingCallsWhenItIsClosedAndRefuseLaterOnes() {
    SojournClient client = node.clients().deadline(LONG).build();
    CompletableFuture<Results> waiting = client.resume("a").putText("a", "b").saveAsync();
    node.next();

    client.close();
    client.close();

    assertThatThrownBy(waiting::join).hasCauseInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> client.resume("a").putText("a", "b").save())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("closed");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
