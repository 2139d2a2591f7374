package dev.sojourn.sim.world;

import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts what happens into a few words, for traces that a person reads. */
public final class Describe {
  private Describe() {}

  public static String record(SessionRecord record) {
    StringBuilder text = new StringBuilder(state(record.state()));
    record.state().payload().ifPresent(data -> text.append(payload(data)));
    if (!record.owes().isEmpty()) {
      text.append(" owes ").append(record.owes().get(0).granter());
      text.append(record.owes().size() > 1 ? " and more" : "");
    }
    record
        .directory()
        .ifPresent(
            entry -> {
              text.append(" directory ").append(entry.pop()).append(' ').append(entry.epoch());
              text.append(by(entry.granter()));
              text.append(entry.ended() ? " ended" : "");
            });
    return text.toString();
  }

  /**
   * With what a later request is measured against: where a crash undid something, and the window.
   */
  private static String payload(SessionData data) {
    String breaks =
        data.breaks().stream()
            .map(each -> " break(" + each.epoch() + " v" + each.version() + ")")
            .collect(Collectors.joining());
    long lowWater = data.window().lowWaterVersion();
    return " v"
        + data.version()
        + data.fields().keySet()
        + breaks
        + (lowWater > 0 ? " nothing remembered below v" + lowWater : "");
  }

  private static String by(Optional<PopId> granter) {
    return granter.map(pop -> " granted by " + pop).orElse("");
  }

  /** Enough to tell one request from the others. */
  private static String request(RequestId id) {
    return " #" + id.value().toHex().substring(0, 4);
  }

  /** The name of a state and its epoch, with the POP that it points to if it does. */
  public static String state(SessionState state) {
    String name = state.getClass().getSimpleName();
    if (state instanceof SessionState.Granted granted) {
      name += "(" + granted.grantee() + ")";
    } else if (state instanceof SessionState.Forward forward) {
      name +=
          "(" + forward.to() + (forward.lapsed() ? ", lapsed" : "") + by(forward.granter()) + ")";
    } else if (state instanceof SessionState.Declined declined) {
      name += "(" + declined.granter() + ")";
    }
    return name + state.epochIfAny().map(epoch -> " " + epoch).orElse("");
  }

  static String message(PeerMessage message) {
    String name = message.getClass().getSimpleName();
    if (message instanceof PeerMessage.Acquire m) {
      return name
          + " "
          + m.purpose()
          + " for "
          + m.asker()
          + m.call().map(call -> request(call.id())).orElse("")
          + " knowing "
          + m.knownEpoch()
          + by(m.allegedGranter());
    } else if (message instanceof PeerMessage.Create m) {
      return name + " at " + m.request().key().id().birth() + request(m.request().id());
    } else if (message instanceof PeerMessage.Granted m) {
      return name + (m.withheld() ? " withheld " : " ") + (m.epoch() + " v" + m.data().version());
    } else if (message instanceof PeerMessage.Executed m) {
      return name
          + (" at " + m.owner() + by(m.granter()) + " " + m.epoch() + " v")
          + m.success().version()
          + flags(m.success().flags());
    } else if (message instanceof PeerMessage.Moved m) {
      return name + " to " + m.to() + by(m.granter()) + " " + m.epoch();
    } else if (message instanceof PeerMessage.Refused m) {
      return name + " " + m.problem().code();
    } else if (message instanceof PeerMessage.Announce m) {
      return name
          + (" " + m.pop() + by(m.granter()) + " " + m.epoch())
          + (m.ended() ? " ended" : "");
    } else if (message instanceof PeerMessage.Unknown || message instanceof PeerMessage.Stay) {
      return name;
    }
    return message.toString();
  }

  static String effect(Effect effect) {
    return effect instanceof Effect.Send send
        ? "Send " + send.message().getClass().getSimpleName()
        : effect.getClass().getSimpleName();
  }

  /** The names of the states that a commit brings about, and whether they are of split sessions. */
  static String commit(Commit commit) {
    StringBuilder text = new StringBuilder("commit");
    for (RecordWrite write : commit.writes()) {
      text.append(' ').append(write.record().map(Describe::inCommit).orElse("Absent"));
    }
    return text.toString();
  }

  private static String inCommit(SessionRecord record) {
    SessionState state = record.state();
    return state.getClass().getSimpleName()
        + (state.payload().flatMap(SessionData::leftBehind).isPresent() ? " Pointing" : "")
        + (record.custody().flatMap(Custody::beside).isPresent() ? " Beside" : "");
  }

  static String event(Event event) {
    if (event instanceof Event.MessageReceived received) {
      return message(received.message()) + " from " + received.from();
    } else if (event instanceof Event.ExecuteRequested asked) {
      return "request"
          + request(asked.request().id())
          + " "
          + asked.request().operations().stream().map(o -> o.getClass().getSimpleName()).toList()
          + asked.request().hint().map(hint -> " with " + hint(hint)).orElse(" without hint");
    } else if (event instanceof Event.RecordLoaded loaded) {
      return "loaded " + loaded.record().map(Describe::record).orElse("nothing");
    } else if (event instanceof Event.TimerFired fired) {
      return "timer " + fired.timer().kind();
    } else if (event instanceof Event.RecordDue) {
      return "record due";
    }
    return event.toString();
  }

  public static String hint(Hint hint) {
    return "hint "
        + hint.owner()
        + " "
        + hint.epoch()
        + " v"
        + hint.version()
        + " g"
        + hint.generation()
        + hint.granter().map(granter -> " from " + granter).orElse("");
  }

  /** What a client was told. */
  public static String reply(Reply reply) {
    if (reply.outcome() instanceof Outcome.Success success) {
      return "ok v"
          + success.version()
          + success.epoch().map(epoch -> " " + epoch).orElse("")
          + " "
          + reply.how()
          + flags(success.flags())
          + success.hint().map(hint -> ", " + hint(hint)).orElse("");
    } else if (reply.outcome() instanceof Outcome.Failure failure) {
      return failure.problem().code()
          + failure.problem().pop().map(pop -> " " + pop).orElse("")
          + ": "
          + failure.problem().detail();
    }
    return reply.toString();
  }

  private static String flags(Outcome.Flags flags) {
    return (flags.replayed() ? " replayed" : "")
        + (flags.superseded() ? " superseded" : "")
        + (flags.ended() ? " ended" : "")
        + (flags.redacted() ? " redacted" : "")
        + (flags.versionsMissing() > 0 ? " " + flags.versionsMissing() + " missing" : "");
  }
}
