package dev.sojourn.sim.swarm;

import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.world.Spectator;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * Counts what the protocol does: {@code STATE < EVENT} and, for what came of it, {@code STATE <
 * EVENT > CONSEQUENCE}; and for themselves steps, messages, answers and faults.
 */
final class Counting implements Spectator {
  private final Coverage coverage;

  Counting(Coverage coverage) {
    this.coverage = coverage;
  }

  @Override
  public void befell(String fault) {
    coverage.count("fault " + fault);
  }

  @Override
  public void handled(PopId pop, Optional<SessionRecord> before, Event event, Effects effects) {
    String row = state(before) + " < " + event(event, before);
    coverage.count(row);
    effects.now().forEach(effect -> count(row, effect));
    effects.afterCommit().forEach(effect -> count(row, effect));
    effects.commit().ifPresent(commit -> commit.writes().forEach(write -> count(row, write)));
  }

  private void count(String row, RecordWrite write) {
    String state = write.record().map(record -> name(record.state())).orElse("nothing");
    coverage.count(row + " > write " + state);
  }

  private void count(String row, Effect effect) {
    if (effect instanceof Effect.Count step) {
      coverage.count("step " + step.step());
    } else if (effect instanceof Effect.Send send) {
      coverage.count("message " + message(send.message()));
      coverage.count(row + " > send " + message(send.message()));
    } else if (effect instanceof Effect.Answer answer) {
      coverage.count("answer " + answer(answer.reply()));
      coverage.count(row + " > answer " + answer(answer.reply()));
    } else if (effect instanceof Effect.Alarm alarm) {
      coverage.count("alarm " + alarm.kind());
    }
  }

  private static String state(Optional<SessionRecord> record) {
    return record.map(each -> name(each.state())).orElse("Absent")
        + (record.filter(each -> each.directory().isPresent()).isPresent() ? "+directory" : "");
  }

  private static String name(SessionState state) {
    boolean lapsed = state instanceof SessionState.Forward forward && forward.lapsed();
    return state.getClass().getSimpleName() + (lapsed ? "(lapsed)" : "");
  }

  private static String event(Event event, Optional<SessionRecord> before) {
    if (event instanceof Event.MessageReceived received) {
      boolean leadsBack =
          received.message() instanceof PeerMessage.Acquire acquire
              && before.filter(record -> leadsTo(record.state(), acquire.asker())).isPresent();
      return message(received.message()) + (leadsBack ? " of its own" : "");
    } else if (event instanceof Event.ExecuteRequested requested) {
      return requested.request().hint().isPresent() ? "request" : "request without hint";
    }
    return event.getClass().getSimpleName();
  }

  /** Whether the record leads to the asker itself. */
  private static boolean leadsTo(SessionState state, PopId asker) {
    return (state instanceof SessionState.Granted granted && granted.grantee().equals(asker))
        || (state instanceof SessionState.Forward forward && forward.to().equals(asker))
        || (state instanceof SessionState.Declined declined && declined.granter().equals(asker));
  }

  private static String message(PeerMessage message) {
    String name = message.getClass().getSimpleName();
    if (message instanceof PeerMessage.Acquire acquire) {
      return name + " " + acquire.purpose() + (acquire.isDirect() ? "" : " passed on");
    } else if (message instanceof PeerMessage.Refused refused) {
      return name + " " + refused.problem().code();
    } else if (message instanceof PeerMessage.Announce announce) {
      return name + (announce.ended() ? " ended" : "");
    }
    return name;
  }

  private static String answer(Reply reply) {
    if (reply.outcome() instanceof Outcome.Failure failure) {
      return failure.problem().code().name();
    }
    Outcome.Success success = (Outcome.Success) reply.outcome();
    return "ok "
        + reply.how()
        + (success.flags().replayed() ? " replayed" : "")
        + (success.flags().ended() ? " ended" : "")
        + (success.flags().versionsMissing() > 0 ? " missing" : "");
  }
}
