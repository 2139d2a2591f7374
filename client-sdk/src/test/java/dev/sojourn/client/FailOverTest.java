package dev.sojourn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ExecuteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client with two endpoints, and retries when many calls fail at once. */
class FailOverTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ScriptedNode home = new ScriptedNode();
  private final ScriptedNode second = new ScriptedNode();

  @AfterEach
  void close() {
    home.close();
    second.close();
  }

  private SojournClientBuilder clients() {
    return home.clients().failOver("127.0.0.1:" + second.port()).deadline(LONG);
  }

  private static CompletableFuture<Results> save(SojournClient client, String hint) {
    return client.resume(hint).increment("hits", 1).saveAsync();
  }

  private static void answer(ScriptedNode.Arrival arrival) {
    arrival.answer(Answers.to(arrival.request(), 1, Map.of()).build());
  }

  @Test
  void shouldUseTheFirstEndpointWhileItAnswers() {
    home.script(FailOverTest::answer);
    try (SojournClient client = clients().build()) {
      for (int i = 0; i < 20; i++) {
        save(client, "hint" + i).join();
      }
    }
    assertThat(home.requests()).hasSize(20);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void shouldSendTheSameBytesToTheSecondEndpointWhenTheFirstGoesAway() {
    try (SojournClient client = clients().build()) {
      CompletableFuture<Results> saved = save(client, "hint1");
      ScriptedNode.Arrival lost = home.next();
      home.close();
      ScriptedNode.Arrival again = second.next();
      answer(again);

      assertThat(saved.join().number(0)).isEqualTo(1);
      assertThat(again.request().toByteString()).isEqualTo(lost.request().toByteString());
    }
  }

  @Test
  void shouldStartWithTheSecondEndpointWhereTheFirstWasNeverThere() {
    home.close();
    second.script(FailOverTest::answer);
    try (SojournClient client = clients().build()) {
      assertThat(save(client, "hint1").join().all()).hasSize(1);
    }
  }

  @Test
  void shouldGoBackToTheFirstEndpointWhenItAnswersAgain() {
    int port = home.port();
    second.script(FailOverTest::answer);
    try (SojournClient client = clients().build()) {
      home.close();
      save(client, "hint1").join();
      try (ScriptedNode restarted = new ScriptedNode(port)) {
        restarted.script(FailOverTest::answer);
        // One at a time, until one arrives at home; the client looks there about once a second.
        long start = System.nanoTime();
        while (restarted.requests().isEmpty()) {
          save(client, "hint1").join();
          if (System.nanoTime() - start > LONG.toNanos()) {
            throw new AssertionError("the client never goes home");
          }
        }
        int away = second.requests().size();
        for (int i = 0; i < 10; i++) {
          save(client, "hint1").join();
        }
        assertThat(second.requests()).hasSize(away);
      }
    }
  }

  @Test
  void shouldBringEveryCallThroughANodeThatRefusesEachAtFirst() {
    int calls = 300;
    List<ExecuteRequest> refused = new CopyOnWriteArrayList<>();
    home.script(
        arrival -> {
          boolean isFirst =
              refused.stream()
                  .noneMatch(r -> r.getRequestId().equals(arrival.request().getRequestId()));
          if (isFirst) {
            refused.add(arrival.request());
            arrival.refuse(ScriptedNode.error(ErrorCode.BUSY, true));
          } else {
            answer(arrival);
          }
        });
    try (SojournClient client = home.clients().deadline(LONG).build()) {
      List<CompletableFuture<Results>> saved = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        saved.add(save(client, "hint" + i));
      }
      saved.forEach(each -> assertThat(each.join().number(0)).isEqualTo(1));
    }
    assertThat(home.requests()).hasSize(2 * calls);
    assertThat(refused).hasSize(calls).allMatch(home.requests()::contains);
  }

  @Test
  void shouldRefuseASecondEndpointThatIsNoAddress() {
    assertThatThrownBy(() -> home.clients().failOver("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:port");
  }
}
