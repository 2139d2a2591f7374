package dev.sojourn.sim.own;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.hint.Hint;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.sim.check.Exposure;
import dev.sojourn.sim.promise.Promise;
import dev.sojourn.sim.promise.PromiseBroken;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Watches one partition's sessions by what clients and disks see. A few comparisons for each thing
 * seen and a few words for each session, so that it can be on in the largest run. Not thread-safe.
 */
final class Promises {
  private final Optional<NamespacePolicy> rules;
  private final long[] checks = new long[Promise.values().length];

  /**
   * @param rules that hold for the sessions; empty where data may be anywhere
   */
  Promises(Optional<NamespacePolicy> rules) {
    this.rules = rules;
  }

  long[] checks() {
    return checks.clone();
  }

  void verify(Promise promise, boolean holds, Line line, Supplier<String> what) {
    checks[promise.ordinal()]++;
    if (!holds) {
      throw new PromiseBroken(promise, what.get() + ", session " + line.session());
    }
  }

  /** A POP durably has {@code now} in place of {@code before}. */
  void stored(Line line, int pop, SessionRecord before, SessionRecord now) {
    SessionState state = now.state();
    if (state instanceof Owned owned) {
      verify(Promise.ENDED_STAYS_ENDED, !line.ended, line, () -> "owned again after its end");
      verifyFence(line, before, owned.data(), owned.epoch().number());
      claim(line, owned.epoch(), pop);
      verifyPart(line, pointer(before.state()), pointer(owned));
    } else if (state instanceof Granted granted) {
      verifyFence(line, before, granted.data(), granted.epoch().number() - 1);
      claim(line, granted.epoch(), line.indexOf(granted.grantee()));
    } else if (state instanceof Tombstone) {
      line.ended = true;
    }
    if (!line.ended) {
      verify(
          Promise.PAYLOAD_EXISTS_DURABLY,
          line.copies() > 0 || !line.wasStored,
          line,
          () -> "no POP has it on disk");
    }
    line.wasStored |= line.copies() > 0;
  }

  /** A value that an owner begins to point to is on its custodian's disk. */
  private void verifyPart(Line line, Optional<LeftBehind> before, Optional<LeftBehind> now) {
    if (now.isPresent() && !now.equals(before)) {
      LeftBehind part = now.get();
      boolean isHeld =
          line.record(line.indexOf(part.custodian()))
              .flatMap(SessionRecord::custody)
              .flatMap(custody -> custody.find(part.stamp()))
              .isPresent();
      verify(
          Promise.PAYLOAD_EXISTS_DURABLY,
          isHeld,
          line,
          () -> "`" + part.custodian() + "` does not have the part that its owner points to");
    }
  }

  private static Optional<LeftBehind> pointer(SessionState state) {
    return state.payload().flatMap(SessionData::leftBehind);
  }

  /** What a disk has, of its own or for another POP, each of its values by itself. */
  void rests(Line line, PopId pop, SessionRecord record) {
    if (rules.isPresent()) {
      Exposure.atRest(pop, record, sight(line));
    }
  }

  /** A message on its way, each value in it by itself. */
  void said(Line line, PopId to, PeerMessage message) {
    if (rules.isPresent()) {
      Exposure.inMessage(to, message, List.of(), sight(line));
    }
  }

  /** What a client is shown, each value by itself. */
  void shown(Line line, PopId pop, Outcome.Success success) {
    if (rules.isPresent()) {
      Exposure.inAnswer(pop, List.of(), success, sight(line));
    }
  }

  private Exposure.Sight sight(Line line) {
    NamespacePolicy policy = rules.orElseThrow();
    return (pop, field, label, rests) -> {
      Decision decision = policy.decide(line.residency(), policy.classOf(field, label), pop);
      verify(
          Promise.RESIDENCY_HOLDS,
          rests ? decision.mayStore() : decision.mayAccess(),
          line,
          () -> "`" + field + "` " + (rests ? "rests" : "is shown") + " at `" + pop + "`");
    };
  }

  private void claim(Line line, Epoch epoch, int pop) {
    int order = line.highest == null ? 1 : epoch.compareTo(line.highest);
    verify(
        Promise.ONE_OWNER,
        order != 0 || line.holder == pop,
        line,
        () -> "epoch " + epoch + " belongs to two POPs");
    if (order > 0) {
      line.highest = epoch;
      line.holder = pop;
    }
  }

  private void verifyFence(Line line, SessionRecord before, SessionData data, long asOwnerOf) {
    Optional<SessionData> had = before.state().payload();
    long version = had.isPresent() ? had.get().version() : 0;
    Epoch highest = line.highest;
    boolean accepts = data.version() > version;
    verify(
        Promise.ONE_OWNER,
        !accepts || highest == null || highest.number() <= asOwnerOf,
        line,
        () -> "version " + data.version() + " accepted below epoch " + highest);
  }

  void hint(Line line, Optional<Hint> sent, Hint received) {
    boolean older =
        sent.isPresent()
            && (received.epoch().compareTo(sent.get().epoch()) < 0
                || received.version() < sent.get().version());
    verify(Promise.HINTS_ONLY_GROW, !older, line, () -> "a device was given an older hint");
  }

  /**
   * A read showed {@code number} writes, and {@code floor} were acknowledged before it was sent.
   */
  void read(Line line, long floor, long number) {
    verify(
        Promise.READS_NEVER_GO_BACK,
        number >= floor,
        line,
        () -> "a read shows " + number + " writes after " + floor + " were acknowledged");
  }

  void wrote(Line line, long floor, long number) {
    verify(
        Promise.NO_ACKNOWLEDGED_WRITE_LOST,
        number > floor,
        line,
        () -> "a write is number " + number + " after " + floor + " were acknowledged");
  }

  /** Everything was said, and nothing is under way. */
  void atRest(Line line, long number, boolean hadFaults) {
    boolean counted =
        number >= line.acknowledged && number <= line.acknowledged + line.outcomeUnknown;
    verify(
        Promise.APPLIED_ONCE,
        counted,
        line,
        () -> number + " writes applied, " + line.acknowledged + " acknowledged");
    verify(
        Promise.APPLIED_ONCE,
        hadFaults || line.copies() == 1,
        line,
        () -> line.copies() + " POPs keep its content");
  }
}
