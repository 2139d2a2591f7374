package dev.sojourn.sim.own;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.Life;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.request.Creation;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.own.Line.Call;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.regret.Schedule;
import dev.sojourn.sim.setup.Requests;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.terms.SessionShape;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one partition. Each asks one thing at a time; what is due meanwhile waits. A
 * request that fails is not tried again: the next one is the user's reload. Not thread-safe.
 */
final class Clients {
  /** What the bound allows beside the round trip. */
  private static final long BOUND_EXTRA_MICROS = 1_000;

  private static final int CALL_BITS = 24;

  private final OwnRun run;
  private final Scenario scenario;
  private final Requests requests;
  private final OwnTally tally;
  private final Promises promises;
  private final Watcher watcher;
  private final @Nullable Line[] lineOfSession;
  private final ImmutableList<Operation> create;
  private final ImmutableList<Operation> read;
  private final ImmutableList<Operation> write;
  private final ImmutableList<Operation> readByName;
  private final ImmutableList<Operation> writeByName;
  private final ImmutableList<Operation> logout;

  Clients(
      OwnRun run,
      Scenario scenario,
      Requests requests,
      OwnTally tally,
      Promises promises,
      Watcher watcher) {
    this.run = run;
    this.scenario = scenario;
    this.requests = requests;
    this.tally = tally;
    this.promises = promises;
    this.watcher = watcher;
    this.lineOfSession = new Line[requests.sessions()];
    int changed = Math.min(scenario.session().writeBytes(), scenario.session().bytes());
    Operation count = new Operation.Increment(SessionShape.COUNTER, 1);
    Operation change = new Operation.Put(SessionShape.CHANGED, content(changed));
    ImmutableMap<String, Integer> fields = scenario.session().fields();
    int named = fields.values().stream().mapToInt(Integer::intValue).sum();
    Operation rest =
        new Operation.Put(SessionShape.REST, content(scenario.session().bytes() - changed - named));
    ImmutableList<Operation> puts =
        fields.entrySet().stream()
            .map(each -> new Operation.Put(each.getKey(), content(each.getValue())))
            .collect(ImmutableList.toImmutableList());
    create = ImmutableList.<Operation>builder().add(count, change, rest).addAll(puts).build();
    readByName =
        ImmutableList.of(
            new Operation.Get(
                ImmutableList.<String>builder()
                    .add(SessionShape.COUNTER)
                    .addAll(fields.keySet())
                    .build()));
    writeByName = ImmutableList.<Operation>builder().add(count, change).addAll(puts).build();
    read = ImmutableList.of(new Operation.Get(ImmutableList.of()));
    write = ImmutableList.of(count, change);
    logout = ImmutableList.of(new Operation.Destroy());
  }

  private static Field content(int bytes) {
    return new Field(Bytes.wrap(new byte[bytes]), "", Field.DEFAULT_CLASS);
  }

  /** The time of that request has come. */
  void ask(int request) {
    int session = requests.session(request);
    Line line = lineOfSession[session];
    if (line == null) {
      line = run.newLine(session, requests.pop(request));
      lineOfSession[session] = line;
    }
    int device = requests.device(request);
    if (line.waitingFor[device] != null || line.isBeingCreated()) {
      line.queued.add(request);
    } else {
      int pop = requests.pop(request);
      // One that begins a session writes, whatever the trace had in mind.
      boolean isWrite = requests.isWrite(request) || line.anyHint(device).isEmpty();
      send(
          line,
          new Call(
              request, pop, run.nowMicros(), line.highestAcknowledged, line.place, isWrite, false));
    }
  }

  private void send(Line line, Call call) {
    int request = call.request();
    int pop = call.pop();
    int device = requests.device(request);
    Node node = run.node(pop);
    Optional<Hint> hint = line.anyHint(device);
    int number = ++line.calls[device];
    line.waitingFor[device] = call;
    line.creating(hint.isEmpty());
    watcher.asked(run.nowMicros(), pop, line.session(), device, call.isWrite());
    if (!node.isUp()) {
      lost(line, device);
      return;
    }
    SessionKey key =
        hint.map(known -> new SessionKey(run.namespace(), known.id()))
            .orElseGet(() -> Identity.session(run.namespace(), node.id(), line.key()));
    SessionRequest asked =
        new SessionRequest(
            Identity.request(line.key(), number << 1 | device),
            key,
            hint,
            new Creation(Life.FIRST.store(), line.residency(), 0, 0, ""),
            operations(request, hint.isEmpty()));
    long token = ((long) line.index() << 1 | device) << CALL_BITS | number;
    long deadline = run.wallMillis() + scenario.timing().timeoutMillis();
    run.later(
        node,
        scenario.timing().serviceMicros(),
        () -> node.handle(new Event.ExecuteRequested(token, line.key(), asked, deadline)));
  }

  private ImmutableList<Operation> operations(int request, boolean isNew) {
    if (isNew) {
      return create;
    } else if (requests.isLogout(request)) {
      return logout;
    } else if (requests.isByName(request)) {
      return requests.isWrite(request) ? writeByName : readByName;
    }
    return requests.isWrite(request) ? write : read;
  }

  /** A core answers a client. */
  void answered(Node node, Effect.Answer answer) {
    int number = (int) (answer.token() & ((1 << CALL_BITS) - 1));
    int device = (int) (answer.token() >> CALL_BITS & 1);
    Line line = run.lineAt((int) (answer.token() >> (CALL_BITS + 1)));
    if (line == null) {
      return;
    }
    Call call = line.waitingFor[device];
    if (call == null || line.calls[device] != number) {
      return;
    }
    Reply reply = answer.reply();
    watcher.answered(run.nowMicros(), node.pop(), line.session(), device, reply);
    if (reply.outcome() instanceof Outcome.Success success) {
      succeeded(line, device, call, success, reply);
    } else if (reply.outcome() instanceof Outcome.Failure failure) {
      Problem problem = failure.problem();
      problem.hint().ifPresent(fresh -> line.hints[device] = fresh);
      if (problem.code() == ErrorCode.OUTCOME_UNKNOWN && !call.isSecond()) {
        // It was sent once, so it was surely not applied: as the SDK does, under the fresh hint.
        send(line, call.again());
        return;
      }
      line.isOver |= problem.code() == ErrorCode.SESSION_ENDED;
      if (problem.code() == ErrorCode.DENIED) {
        tally.tally().refusedByPolicy();
      }
      noAnswer(line, call);
    }
    goOn(line, device);
  }

  private void succeeded(Line line, int device, Call call, Outcome.Success success, Reply reply) {
    Optional<Hint> had = Optional.ofNullable(line.hints[device]);
    success.hint().ifPresent(fresh -> promises.hint(line, had, fresh));
    Hint carried = success.hint().or(() -> line.anyHint(device)).orElse(null);
    line.hints[device] = carried;
    check(line, call, success);
    promises.shown(line, run.node(call.pop()).id(), success);
    boolean isLocal = reply.how() == Reply.How.LOCAL;
    long micros = run.nowMicros() - call.askedMicros();
    long boundMicros =
        scenario.roundTrips().micros(call.pop(), mustReach(call, success, reply))
            + BOUND_EXTRA_MICROS;
    tally.answered(requests.atMillis(call.request()), micros, isLocal, boundMicros);
    tally.tally().copies(line.copies());
    moveOn(line, call, reply);
  }

  /** Where the session was, or where it had to be made. */
  private int mustReach(Call call, Outcome.Success success, Reply reply) {
    return success.flags().created() ? owner(reply, call) : call.placeBefore();
  }

  private void check(Line line, Call call, Outcome.Success success) {
    if (success.flags().ended()) {
      return;
    }
    long number = number(success);
    if (number < 0) {
      return;
    }
    if (call.isWrite()) {
      promises.wrote(line, call.floor(), number);
      line.acknowledged++;
    } else {
      promises.read(line, call.floor(), number);
    }
    line.highestAcknowledged = Math.max(line.highestAcknowledged, number);
  }

  private static long number(Outcome.Success success) {
    OperationResult first = success.results().get(0);
    if (first instanceof OperationResult.Number number) {
      return number.value();
    } else if (first instanceof OperationResult.FieldsRead read) {
      Field field = read.fields().get(SessionShape.COUNTER);
      // Nothing can be told where the policy hides it.
      return field == null
          ? success.flags().redacted() ? -1 : 0
          : Long.parseLong(new String(field.value().unsafeArray(), StandardCharsets.US_ASCII));
    }
    return -1;
  }

  private void moveOn(Line line, Call call, Reply reply) {
    int owner = reply.how() == Reply.How.EXECUTED ? owner(reply, call) : call.pop();
    boolean moves = reply.how() == Reply.How.GRANTED;
    int from = moves ? call.placeBefore() : owner;
    // Under a policy the ledgers tell of them, also of those that no client sees.
    if (moves && from != call.pop() && scenario.residency().isEmpty()) {
      tally.handedOff(requests.atMillis(call.request()), from, call.pop());
    }
    if (from != call.pop() && scenario.metric().isPresent()) {
      RoundTrips metric = scenario.metric().get();
      tally
          .tally()
          .cost(Schedule.costOf(metric, scenario.moving().cost(), from, call.pop(), moves));
    }
    line.place = owner;
  }

  private int owner(Reply reply, Call call) {
    return reply.owner().map(run::indexOf).orElse(call.pop());
  }

  private void noAnswer(Line line, Call call) {
    if (call.isWrite()) {
      line.outcomeUnknown++;
    }
    if (scenario.metric().isPresent()) {
      RoundTrips metric = scenario.metric().get();
      double cost =
          Schedule.costOf(metric, scenario.moving().cost(), call.placeBefore(), call.pop(), false);
      tally.tally().cost(cost);
    }
    tally.failed(requests.atMillis(call.request()), call.pop(), call.placeBefore());
    tally.tally().copies(line.copies());
  }

  /** The connection broke, or nobody was there. */
  private void lost(Line line, int device) {
    Call call = line.waitingFor[device];
    if (call != null) {
      noAnswer(line, call);
      goOn(line, device);
    }
  }

  private void goOn(Line line, int device) {
    line.waitingFor[device] = null;
    Line current = line;
    if (line.isBeingCreated()) {
      line.creating(false);
      // Whether a failed one was made nobody knows.
      current = line.anyHint(device).isPresent() ? line : beginAnother(line);
    } else if (line.isOver) {
      current = beginAnother(line);
    }
    if (!current.queued.isEmpty()) {
      int request = current.queued.remove();
      run.after(1, () -> askAgain(request));
    }
  }

  /** The user starts anew, as by logging in again. */
  private Line beginAnother(Line line) {
    if (lineOfSession[line.session()] != line) {
      return line;
    }
    Line another = run.newLine(line.session(), line.place);
    another.queued.addAll(line.queued);
    line.queued.clear();
    line.isOver = true;
    lineOfSession[line.session()] = another;
    return another;
  }

  private void askAgain(int request) {
    ask(request);
    Line line = lineOfSession[requests.session(request)];
    // Another device may be free as well.
    if (line != null && !line.isBeingCreated() && !line.queued.isEmpty()) {
      int next = line.queued.peek();
      if (line.waitingFor[requests.device(next)] == null) {
        line.queued.remove();
        run.after(1, () -> askAgain(next));
      }
    }
  }

  /** A POP has died: whoever waits for it hears nothing more. */
  void cutOff(Node node) {
    for (Line line : run.lines()) {
      for (int device = 0; line != null && device < line.waitingFor.length; device++) {
        Call call = line.waitingFor[device];
        if (call != null && call.pop() == node.pop()) {
          lost(line, device);
        }
      }
    }
  }

  /** Whether no client will ask for this session any more. */
  boolean isDone(Line line) {
    return line.waitingFor[0] == null && line.waitingFor[1] == null && line.queued.isEmpty();
  }

  void verifyAtRest() {
    for (Line line : run.lines()) {
      if (line == null || line.ended || line.isOver || !line.wasStored) {
        continue;
      }
      for (int i = 0; i < line.stores(); i++) {
        if (line.storeAt(i) == line.holder) {
          Optional<Field> counter =
              line.storedBy(i)
                  .state()
                  .payload()
                  .map(data -> data.fields().get(SessionShape.COUNTER));
          long number =
              counter
                  .map(field -> new String(field.value().unsafeArray(), StandardCharsets.US_ASCII))
                  .map(Long::parseLong)
                  .orElse(-1L);
          promises.atRest(line, number, run.hadFaults());
        }
      }
    }
  }
}
