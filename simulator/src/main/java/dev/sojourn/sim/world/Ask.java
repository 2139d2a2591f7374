package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.Creation;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One request of a client, with all its retries. Always the same bytes: id, hint, operations. */
public final class Ask {
  private final World world;
  private final Device device;
  private final RequestId id;
  private final Optional<Hint> hint;
  private final Credential credential;
  private final ImmutableList<Operation> operations;
  private final Patience patience;
  private final List<Reply> replies = new ArrayList<>();
  private final long startedAtMillis;
  private int attempts;
  private int waitingFor;
  private long answeredAtMillis;

  Ask(
      World world,
      Device device,
      RequestId id,
      Optional<Hint> hint,
      Credential credential,
      ImmutableList<Operation> operations,
      Patience patience) {
    this.world = world;
    this.device = device;
    this.id = id;
    this.hint = hint;
    this.credential = credential;
    this.operations = operations;
    this.patience = patience;
    this.startedAtMillis = world.nowMillis();
  }

  public RequestId id() {
    return id;
  }

  public ImmutableList<Operation> operations() {
    return operations;
  }

  public Optional<Hint> hint() {
    return hint;
  }

  public int attempts() {
    return attempts;
  }

  /** What the client was told last, if anything. */
  public Optional<Reply> reply() {
    return replies.isEmpty() ? Optional.empty() : Optional.of(replies.get(replies.size() - 1));
  }

  /** Every answer that the client heard. */
  public List<Reply> replies() {
    return List.copyOf(replies);
  }

  public Optional<Outcome.Success> success() {
    return reply()
        .filter(reply -> reply.outcome() instanceof Outcome.Success)
        .map(reply -> (Outcome.Success) reply.outcome());
  }

  public Optional<Problem> problem() {
    return reply()
        .filter(reply -> reply.outcome() instanceof Outcome.Failure)
        .map(reply -> ((Outcome.Failure) reply.outcome()).problem());
  }

  /** Whether the client neither waits for an answer nor will try again. */
  public boolean isOver() {
    return waitingFor == 0;
  }

  /** From the first call to the last answer. */
  public long tookMillis() {
    return answeredAtMillis - startedAtMillis;
  }

  /** Sends the same bytes again, here or elsewhere. */
  public void send(PopId pop) {
    int attempt = ++attempts;
    waitingFor = attempt;
    long askedAtMillis = world.nowMillis();
    SessionRequest request = requestAt(pop);
    KeyHash key = Keys.hash(request.key());
    Credential shown = credentialAt(pop);
    world.note(device.name() + " asks " + pop + " (attempt " + attempt + ")");
    world.observe(new Observation.Asked(askedAtMillis, device.name(), pop, key, request, shown));
    world.after(patience.timeoutMillis() + 10, () -> noAnswer(attempt, pop));
    Optional<Problem> unreadable = whyUnreadable(shown);
    if (unreadable.isPresent()) {
      Reply reply =
          new Reply(new Outcome.Failure(unreadable.get()), Reply.How.LOCAL, Optional.empty(), 0);
      world.after(1, () -> answered(attempt, pop, key, request, reply, askedAtMillis));
      return;
    }
    world
        .pop(pop)
        .execute(
            key,
            request,
            patience.timeoutMillis(),
            reply -> {
              if (reply.isPresent()) {
                answered(attempt, pop, key, request, reply.get(), askedAtMillis);
              } else {
                noAnswer(attempt, pop);
              }
            });
  }

  /** As the called POP reads it: it knows which store a new session's id is made of. */
  private SessionRequest requestAt(PopId pop) {
    PopId birth = birthAt(pop);
    Bytes store = world.pop(pop).storeIdOf(birth);
    SessionKey key =
        hint.map(known -> new SessionKey(World.NAMESPACE, known.id()))
            .orElseGet(() -> Keys.ofNew(World.NAMESPACE, birth, store, World.NAMESPACE.name(), id));
    Creation creation = new Creation(store, world.settings().law().residency(), 0, 0, "");
    return new SessionRequest(id, key, hint, creation, operations);
  }

  /** The POP that the client calls says where the session is to be made. */
  private PopId birthAt(PopId pop) {
    return world
        .pop(pop)
        .policy()
        .map(
            policy ->
                policy.birthOf(
                    World.NAMESPACE, world.settings().law().residency(), operations, pop))
        .orElse(pop);
  }

  private Credential credentialAt(PopId pop) {
    boolean expired =
        hint.filter(known -> known.expiresAtMillis() <= world.pop(pop).localMillis()).isPresent();
    return expired && credential == Credential.GENUINE ? Credential.EXPIRED : credential;
  }

  /** The POP that the client called opens the hint, before its core hears of it. */
  private static Optional<Problem> whyUnreadable(Credential shown) {
    return switch (shown) {
      case GENUINE -> Optional.empty();
      case EXPIRED -> Optional.of(Problem.of(ErrorCode.HINT_EXPIRED, "the hint has expired"));
      case FORGED -> Optional.of(Problem.of(ErrorCode.HINT_UNREADABLE, "nobody sealed this hint"));
    };
  }

  private void answered(
      int attempt,
      PopId pop,
      KeyHash key,
      SessionRequest request,
      Reply reply,
      long askedAtMillis) {
    if (waitingFor != attempt) {
      return;
    }
    replies.add(reply);
    answeredAtMillis = world.nowMillis();
    world.note(device.name() + " hears from " + pop + ": " + Describe.reply(reply));
    world.observe(
        new Observation.Answered(
            world.nowMillis(), device.name(), pop, key, request, reply, askedAtMillis));
    device.learn(reply.outcome());
    boolean again =
        reply.outcome() instanceof Outcome.Failure failure && failure.problem().code().retryable();
    if (again) {
      tryAgain(pop);
    } else {
      waitingFor = 0;
    }
  }

  private void noAnswer(int attempt, PopId pop) {
    if (waitingFor == attempt) {
      world.note(device.name() + " gives up on " + pop);
      tryAgain(pop);
    }
  }

  private void tryAgain(PopId pop) {
    if (attempts >= patience.attemptsMax()) {
      waitingFor = 0;
      return;
    }
    // Waits for no answer while it pauses.
    waitingFor = -1;
    int tried = attempts;
    long pauseMillis = Math.round(patience.pauseMillis() * Math.pow(1.5, attempts - 1));
    world.after(
        pauseMillis,
        () -> {
          if (waitingFor == -1 && attempts == tried) {
            send(pop);
          }
        });
  }
}
