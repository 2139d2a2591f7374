package dev.sojourn.client;

import dev.sojourn.client.internal.HintCookie;
import dev.sojourn.client.internal.Reply;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one session, one after the other, and what is known from their answers.
 *
 * <p>One after the other for two reasons: two requests without a hint at once would make two
 * sessions, and a later answer must not bring an older hint.
 */
final class Exchange {
  private final Requests requests;
  private final NewSession start;
  private Duration time;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  /** A write that may have been applied and is to be sent again with the same bytes. */
  private @Nullable ExecuteRequest unanswered;

  /** Changes that were not sent because the unanswered write before them failed again. */
  private Operations heldBack = Operations.none();

  private @Nullable Credential credential;
  private boolean credentialChanged;
  private boolean ended;
  private @Nullable Snapshot snapshot;
  private long version;
  private @Nullable Outcome lastOutcome;

  Exchange(Requests requests, NewSession start, Duration time, @Nullable String hint) {
    this.requests = requests;
    this.start = start;
    this.time = time;
    this.credential = hint == null ? null : new Credential(hint, 0);
    this.snapshot = hint == null ? Snapshot.EMPTY : null;
  }

  synchronized void within(Duration newTime) {
    time = newTime;
  }

  synchronized Optional<Credential> hint() {
    return Optional.ofNullable(credential);
  }

  synchronized long version() {
    return version;
  }

  synchronized Optional<Outcome> lastOutcome() {
    return Optional.ofNullable(lastOutcome);
  }

  synchronized Optional<String> setCookie() {
    if (!credentialChanged) {
      return Optional.empty();
    }
    Credential held = credential;
    return Optional.of(
        held == null
            ? HintCookie.removing()
            : HintCookie.storing(held.hint(), held.maxAgeSeconds()));
  }

  /** All fields, as every request before leaves them. */
  CompletableFuture<Snapshot> read() {
    return inTurn(this::readNow);
  }

  /** Runs {@code operations} as one request, after any write that still waits for its answer. */
  CompletableFuture<Results> run(Operations operations) {
    return inTurn(
        () ->
            finishUnanswered()
                .whenComplete((first, failure) -> holdBackIf(failure != null, operations))
                .thenCompose(first -> runNow(first, operations)));
  }

  private interface Step<T> {
    CompletableFuture<T> take();
  }

  private synchronized <T> CompletableFuture<T> inTurn(Step<T> step) {
    CompletableFuture<T> mine = last.handle((done, failure) -> step).thenCompose(Step::take);
    last = mine;
    // A copy: a caller who cancels or completes it must not disturb the requests behind it.
    return mine.copy();
  }

  private synchronized CompletableFuture<Snapshot> readNow() {
    if (credential == null || snapshot != null) {
      return CompletableFuture.completedFuture(known());
    }
    List<Operation> everything = Operations.none().getAll().wire();
    return attempt(requests.make(credential.hint(), start, everything), true)
        .thenApply(done -> known());
  }

  private synchronized CompletableFuture<Results> finishUnanswered() {
    return unanswered == null
        ? CompletableFuture.completedFuture(Results.NONE)
        : attempt(unanswered, false);
  }

  private synchronized void holdBackIf(boolean failed, Operations operations) {
    if (failed) {
      heldBack = heldBack.and(operations);
    }
  }

  private synchronized CompletableFuture<Results> runNow(Results first, Operations operations) {
    Operations all = heldBack.and(operations);
    heldBack = Operations.none();
    if (all.isEmpty()) {
      return CompletableFuture.completedFuture(first);
    }
    if (ended) {
      return CompletableFuture.failedFuture(
          SojournException.of(
              Problem.of(ErrorCode.SESSION_ENDED, "this session object has ended its session")));
    }
    if (credential == null && !all.needsNode()) {
      return CompletableFuture.completedFuture(first.and(Results.ofNoSession(all)));
    }
    String hint = credential == null ? "" : credential.hint();
    return attempt(requests.make(hint, start, all.wire()), true).thenApply(first::and);
  }

  private synchronized CompletableFuture<Results> attempt(
      ExecuteRequest request, boolean firstTime) {
    return requests
        .send(request, time)
        .thenCompose(
            reply ->
                reply instanceof Reply.Answered answered
                    ? CompletableFuture.completedFuture(adopt(request, answered))
                    : refused(request, (Reply.Failed) reply, firstTime));
  }

  private synchronized Results adopt(ExecuteRequest request, Reply.Answered answered) {
    ExecuteResponse response = answered.response();
    unanswered = null;
    snapshot = snapshotAfter(request, response);
    version = response.getOutcome().getVersion();
    lastOutcome = Outcome.read(answered);
    if (response.getOutcome().getSessionEnded()) {
      ended = true;
      credential = null;
      credentialChanged = true;
    } else {
      hold(response.getHint(), response.getHintMaxAgeSeconds());
    }
    return Results.read(response.getResultsList());
  }

  /**
   * What is known of the fields after {@code request}; null if somebody else may have written in
   * between, which shows in the version: every request with a write raises it by one, unless a
   * crash took some back.
   */
  private @Nullable Snapshot snapshotAfter(ExecuteRequest request, ExecuteResponse response) {
    dev.sojourn.v1.Outcome outcome = response.getOutcome();
    if (outcome.getReplayed()) {
      return null;
    }
    List<Operation> operations = request.getOperationsList();
    Operation lastOne = operations.get(operations.size() - 1);
    if (lastOne.hasGet() && lastOne.getGet().getNamesCount() == 0) {
      int place = operations.size() - 1;
      return Snapshot.of(response.getResults(place).getFields().getFieldsList());
    }
    if (outcome.getVersionsMissing() > 0) {
      return null;
    }
    long expected = version + (Operations.writes(operations) ? 1 : 0);
    return snapshot != null && outcome.getVersion() == expected ? snapshot.after(operations) : null;
  }

  private synchronized CompletableFuture<Results> refused(
      ExecuteRequest request, Reply.Failed failed, boolean firstTime) {
    ErrorDetail error = failed.error();
    hold(error.getHint(), error.getHintMaxAgeSeconds());
    boolean writes = Operations.writes(request.getOperationsList());
    unanswered = error.getRetryable() && writes ? request : null;
    if (writes || error.getVersionsMissing() > 0) {
      snapshot = null;
    }
    if (error.getVersionsMissing() > 0) {
      // What is left may come to the same number again, in another history.
      version = 0;
    }
    // What is missing must be told, and the answer to a new request would say nothing of it.
    boolean sentOnce = firstTime && failed.attempts() == 1 && error.getVersionsMissing() == 0;
    if (error.getCode() == dev.sojourn.v1.ErrorCode.OUTCOME_UNKNOWN && sentOnce) {
      // It was refused, and there was no earlier attempt that could have been applied. So this is a
      // new request, under the fresh hint.
      return attempt(requests.make(error.getHint(), start, request.getOperationsList()), false);
    }
    return CompletableFuture.failedFuture(SojournException.of(Problem.read(error)));
  }

  private void hold(String hint, long maxAgeSeconds) {
    if (!hint.isEmpty()) {
      credential = new Credential(hint, maxAgeSeconds);
      credentialChanged = true;
    }
  }

  private synchronized Snapshot known() {
    return (snapshot == null ? Snapshot.EMPTY : snapshot).after(heldBack.wire());
  }
}
