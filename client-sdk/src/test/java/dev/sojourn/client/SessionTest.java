package dev.sojourn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final String COOKIE = "__Host-sojourn=hint1";

  private final ScriptedNode node = new ScriptedNode();
  private final SojournClient client = node.clients().deadline(Duration.ofSeconds(30)).build();

  @AfterEach
  void close() {
    client.close();
    node.close();
  }

  @Test
  void shouldAskNobodyForAUserWithoutAHintWhoWritesNothing() {
    Session session = client.open(null);

    session.remove("cart").save();

    assertThat(session.startedBecause()).contains(StartReason.NO_HINT);
    assertThat(session.fields()).isEmpty();
    assertThat(session.getText("cart")).isEmpty();
    assertThat(session.setCookie()).isEmpty();
    assertThat(session.hint()).isEmpty();
    assertThat(node.requests()).isEmpty();
  }

  @Test
  void shouldCreateASessionWithTheFirstWriteAndSetTheCookie() {
    node.script(call -> call.answer(created(call.request())));
    Session session =
        client.open(
            "theme=dark",
            NewSession.defaults()
                .residency("DE")
                .idleLifetime(Duration.ofMinutes(5))
                .absoluteLifetime(Duration.ofHours(1))
                .label("web"));

    session.putText("cart", "2 apples").save();

    assertThat(session.setCookie())
        .contains("__Host-sojourn=hint2; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=3600");
    ExecuteRequest request = node.requests().get(0);
    assertThat(request.getNamespace()).isEqualTo("shop");
    assertThat(request.getHint()).isEmpty();
    assertThat(request.getRequestId().size()).isEqualTo(16);
    assertThat(request.getCreate().getResidencyCountry()).isEqualTo("DE");
    assertThat(request.getCreate().getIdleLifetimeMillis()).isEqualTo(300_000);
    assertThat(request.getCreate().getAbsoluteLifetimeMillis()).isEqualTo(3_600_000);
    assertThat(request.getCreate().getLabel()).isEqualTo("web");
  }

  @Test
  void shouldReadOnOpenAndSaveInOneRequestWithoutASetCookieWhenTheHintStays() {
    node.script(call -> call.answer(answer(call.request(), Map.of("hits", "4", "a", "x"))));
    Session session = client.open(COOKIE);

    assertThat(session.startedBecause()).isEmpty();
    assertThat(session.getNumber("hits")).hasValue(4);
    session.increment("hits", 1).putText("cart", "pear").remove("a");
    assertThat(session.fields().keySet()).containsExactlyInAnyOrder("hits", "cart");
    assertThat(session.getNumber("hits")).hasValue(5);
    session.save();

    assertThat(node.requests()).hasSize(2);
    assertThat(session.setCookie()).isEmpty();
    assertThat(session.getNumber("hits")).as("known without asking").hasValue(5);
    assertThat(node.requests()).hasSize(2);
  }

  @Test
  void shouldSendOnlyWhatChanged() {
    node.script(call -> call.answer(answer(call.request(), Map.of("mine", "1", "theirs", "2"))));
    Session session = client.open(COOKIE);

    session.putText("mine", "3").save();

    ExecuteRequest saved = node.requests().get(1);
    assertThat(saved.getOperationsList()).hasSize(1);
    assertThat(saved.getOperations(0).getPut().getField().getName()).isEqualTo("mine");
  }

  @Test
  void shouldReadAgainWhenTheVersionShowsThatSomebodyElseWrote() {
    node.script(
        call -> {
          boolean read = call.request().getOperations(0).hasGet();
          long version = read ? 7 : 9;
          call.answer(Answers.to(call.request(), version, Map.of("a", "v" + version)).build());
        });
    Session session = client.open(COOKIE);

    session.putText("b", "2").save();
    session.fields();

    assertThat(node.requests()).hasSize(3);
    assertThat(node.requests().get(2).getOperations(0).hasGet()).isTrue();
  }

  @Test
  void shouldReadAndWriteInOneRoundTrip() {
    node.script(call -> call.answer(answer(call.request(), Map.of("name", "Ada"))));
    Session session = client.resume("hint1");

    Results results =
        session
            .putText("seen", "today")
            .execute(Operations.none().increment("hits", 1).get("name", "absent"));

    assertThat(node.requests()).hasSize(1);
    assertThat(node.requests().get(0).getOperationsCount()).isEqualTo(3);
    assertThat(results.all()).hasSize(2);
    assertThat(results.number(0)).isEqualTo(1);
    assertThat(results.fields().keySet()).containsExactly("name");
  }

  @Test
  void shouldTellHowItWasAnswered() {
    node.script(
        call -> {
          ExecuteResponse.Builder answer = Answers.to(call.request(), 7, Map.of());
          answer
              .getOutcomeBuilder()
              .setHow(dev.sojourn.v1.Outcome.How.GRANTED)
              .setServingPop("fra")
              .setOwnerPop("fra")
              .setEpoch(2)
              .setRoundTrips(1);
          call.answer(Answers.hint(answer, "hint2").build());
        });
    Session session = client.open(COOKIE);

    assertThat(session.lastOutcome())
        .hasValueSatisfying(
            outcome -> {
              assertThat(outcome.how()).isEqualTo(Outcome.How.GRANTED);
              assertThat(outcome.servingPop()).isEqualTo("fra");
              assertThat(outcome.epoch()).isEqualTo(2);
              assertThat(outcome.version()).isEqualTo(7);
              assertThat(outcome.roundTrips()).isEqualTo(1);
              assertThat(outcome.attempts()).isEqualTo(1);
              assertThat(outcome.elapsed()).isPositive();
            });
    assertThat(session.setCookie()).hasValueSatisfying(c -> assertThat(c).contains("hint2"));
  }

  @Test
  void shouldRemoveTheCookieAfterDestroyAndSendNothingMore() {
    node.script(
        call -> {
          ExecuteResponse.Builder answer = Answers.to(call.request(), 7, Map.of("a", "1"));
          boolean destroys = call.request().getOperations(0).hasDestroy();
          answer.getOutcomeBuilder().setSessionEnded(destroys);
          call.answer(answer.build());
        });
    Session session = client.open(COOKIE);

    session.destroy().save();

    assertThat(session.setCookie())
        .contains("__Host-sojourn=; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=0");
    assertThat(session.hint()).isEmpty();
    assertThat(session.fields()).isEmpty();
    assertThatThrownBy(() -> session.putText("late", "save").save())
        .isInstanceOf(SessionGoneException.class);
    assertThat(node.requests()).hasSize(2);
  }

  @Test
  void shouldRefuseChangesAfterDestroyInOneRequest() {
    Session session = client.resume("hint1").destroy();

    assertThatThrownBy(() -> session.putText("a", "b")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldMakeOneSessionWhenTwoSavesOfANewOneOverlap() {
    Session session = client.start();
    CompletableFuture<Results> first = session.putText("a", "1").saveAsync();
    CompletableFuture<Results> second = session.putText("b", "2").saveAsync();

    ScriptedNode.Arrival creation = node.next();
    assertThat(creation.request().getHint()).isEmpty();
    creation.answer(created(creation.request()));
    ScriptedNode.Arrival later = node.next();
    assertThat(later.request().getHint()).isEqualTo("hint2");
    later.answer(answer(later.request(), Map.of()));

    assertThat(first.join().all()).hasSize(1);
    assertThat(second.join().all()).hasSize(1);
  }

  @Test
  void shouldSendAnUnansweredWriteAgainWithTheSameBytesBeforeNewChanges() {
    node.script(call -> call.refuse(busyForAnHour()));
    Session session = client.resume("hint1");
    assertThatThrownBy(() -> session.increment("hits", 1).save())
        .isInstanceOfSatisfying(
            UnavailableException.class, e -> assertThat(e.retryable()).isTrue());
    node.script(call -> call.answer(answer(call.request(), Map.of())));

    Results results = session.putText("b", "2").save();

    assertThat(results.all()).hasSize(2);
    assertThat(node.requests()).hasSize(3);
    ExecuteRequest again = node.requests().get(1);
    ExecuteRequest next = node.requests().get(2);
    assertThat(again.toByteString()).isEqualTo(node.requests().get(0).toByteString());
    assertThat(next.getRequestId()).isNotEqualTo(again.getRequestId());
    assertThat(next.getOperationsList()).extracting(Operation::hasPut).containsExactly(true);
  }

  @Test
  void shouldKeepNewChangesWhileAnEarlierWriteIsUnanswered() {
    node.script(call -> call.refuse(busyForAnHour()));
    Session session = client.resume("hint1");
    assertThatThrownBy(() -> session.increment("hits", 1).save())
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> session.putText("b", "2").save())
        .isInstanceOf(UnavailableException.class);
    node.script(call -> call.answer(answer(call.request(), Map.of())));

    session.save();

    assertThat(node.requests()).hasSize(4);
    assertThat(node.requests().get(3).getOperations(0).getPut().getField().getName())
        .isEqualTo("b");
  }

  @Test
  void shouldForgetChangesThatWereRefusedForGood() {
    node.script(call -> call.refuse(ScriptedNode.error(ErrorCode.NOT_A_NUMBER, false)));
    Session session = client.resume("hint1");
    assertThatThrownBy(() -> session.increment("name", 1).save())
        .isInstanceOf(ConditionFailedException.class);

    assertThat(session.save().all()).isEmpty();
    assertThat(node.requests()).hasSize(1);
  }

  @Test
  void shouldResendUnderTheFreshHintAWriteThatWasSentOnceAndIsTooOld() {
    node.script(
        call -> {
          if (call.request().getHint().equals("hint1")) {
            call.refuse(outcomeUnknown());
          } else {
            call.answer(answer(call.request(), Map.of()));
          }
        });
    Session session = client.resume("hint1");

    session.putText("a", "1").save();

    assertThat(node.requests())
        .extracting(ExecuteRequest::getHint)
        .containsExactly("hint1", "hint2");
    assertThat(node.requests().get(0).getRequestId())
        .isNotEqualTo(node.requests().get(1).getRequestId());
    assertThat(session.hint()).contains("hint2");
  }

  @Test
  void shouldReportTheDoubtOfAWriteThatWasRetriedAndIsTooOld() {
    node.script(
        call ->
            call.refuse(
                node.requests().size() == 1
                    ? ScriptedNode.error(ErrorCode.OWNER_UNREACHABLE, true)
                    : outcomeUnknown()));
    Session session = client.resume("hint1");

    assertThatThrownBy(() -> session.putText("a", "1").save())
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(node.requests()).hasSize(2);
    assertThat(session.hint()).contains("hint2");
  }

  @Test
  void shouldSayOnceWhatACrashHasUndoneAndThenGoOn() {
    node.script(
        call -> {
          if (call.request().getHint().equals("hint1")) {
            call.refuse(versionsMissing());
          } else {
            call.answer(answer(call.request(), Map.of("cart", "tea")));
          }
        });
    Session session = client.resume("hint1");

    assertThatThrownBy(session::fields)
        .isInstanceOfSatisfying(
            VersionsMissingException.class,
            missing -> assertThat(missing.versionsMissing()).isEqualTo(3));
    assertThat(session.getText("cart")).contains("tea");
    assertThat(session.hint()).contains("hint2");
  }

  @Test
  void shouldNotTrustWhatItReadBeforeACrashUndidSomeOfIt() {
    node.script(
        call -> {
          ExecuteResponse normal = answer(call.request(), Map.of("cart", "tea"));
          boolean writes = call.request().getOperations(0).hasPut();
          call.answer(
              writes
                  ? normal.toBuilder()
                      .setOutcome(normal.getOutcome().toBuilder().setVersionsMissing(1))
                      .build()
                  : normal);
        });
    Session session = client.resume("hint1");
    session.fields();
    session.putText("a", "1").save();

    assertThat(session.lastOutcome().orElseThrow().versionsMissing()).isEqualTo(1);
    session.fields();
    assertThat(node.requests()).hasSize(3);
  }

  @Test
  void shouldNotLetACancelledFutureDisturbLaterSaves() {
    Session session = client.resume("hint1");
    session.putText("a", "1").saveAsync().cancel(true);
    CompletableFuture<Results> second = session.putText("b", "2").saveAsync();

    ScriptedNode.Arrival first = node.next();
    first.answer(answer(first.request(), Map.of()));
    ScriptedNode.Arrival next = node.next();
    next.answer(answer(next.request(), Map.of()));

    assertThat(second.join().all()).hasSize(1);
  }

  @Test
  void shouldRefuseToBlockTheThreadThatDeliversAnswers() {
    Session session = client.resume("hint1");
    CompletableFuture<Void> blocked =
        session.putText("a", "1").saveAsync().thenAccept(done -> client.open(COOKIE));

    ScriptedNode.Arrival first = node.next();
    first.answer(answer(first.request(), Map.of()));

    assertThatThrownBy(blocked::join).hasCauseInstanceOf(IllegalStateException.class);
  }

  /** Longer than any deadline, so that the SDK gives up at once. */
  private static ErrorDetail busyForAnHour() {
    return ScriptedNode.error(ErrorCode.BUSY, true).toBuilder()
        .setRetryAfterMillis(3_600_000)
        .build();
  }

  private static ErrorDetail outcomeUnknown() {
    return ScriptedNode.error(ErrorCode.OUTCOME_UNKNOWN, false).toBuilder()
        .setHint("hint2")
        .setHintMaxAgeSeconds(60)
        .build();
  }

  private static ErrorDetail versionsMissing() {
    return ScriptedNode.error(ErrorCode.VERSIONS_MISSING, false).toBuilder()
        .setVersionsMissing(3)
        .setHint("hint2")
        .setHintMaxAgeSeconds(60)
        .build();
  }

  private static ExecuteResponse created(ExecuteRequest request) {
    return Answers.hint(Answers.to(request, 1, Map.of()), "hint2").build();
  }

  /** As a node would: a read finds version 7, a write makes it 8. */
  private static ExecuteResponse answer(ExecuteRequest request, Map<String, String> fields) {
    long version = Operations.writes(request.getOperationsList()) ? 8 : 7;
    return Answers.to(request, version, fields).build();
  }
}
