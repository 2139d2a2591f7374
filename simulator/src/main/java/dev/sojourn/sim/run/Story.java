package dev.sojourn.sim.run;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.own.Watcher;
import dev.sojourn.sim.setup.Requests;
import java.util.Locale;
import java.util.Optional;

/** Writes down what happens to one session. */
public final class Story implements Watcher {
  private static final int ENTRIES_MAX = 600;
  private static final long JOURNEY_MILLIS_MIN = 600_000;

  private final int session;
  private final ImmutableList.Builder<Entry> entries = ImmutableList.builder();
  private int count;

  /**
   * One thing that happened.
   *
   * @param kind {@code asked}, {@code answered}, {@code stored} or {@code sent}
   * @param toPop where a message goes; the same POP for anything else
   * @param untilMicros when a message arrives
   * @param what in a few words
   */
  public record Entry(
      String kind, long atMicros, long untilMicros, int pop, int toPop, String what) {}

  Story(int session) {
    this.session = session;
  }

  ImmutableList<Entry> entries() {
    return entries.build();
  }

  /**
   * The session of one who travels most; of several the one that gets by with the fewest requests.
   */
  static int choose(Requests requests) {
    int best = 0;
    int most = -1;
    int fewest = Integer.MAX_VALUE;
    for (int session = 0; session < requests.sessions(); session++) {
      int size = requests.firstOf(session + 1) - requests.firstOf(session);
      // A handful of journeys tells more than a hundred.
      int telling = Math.min(journeys(requests, session), 4);
      if (telling > most || (telling == most && size < fewest)) {
        best = session;
        most = telling;
        fewest = size;
      }
    }
    return best;
  }

  /** How often the session is met elsewhere after a pause. */
  private static int journeys(Requests requests, int session) {
    int journeys = 0;
    for (int i = requests.firstOf(session) + 1; i < requests.firstOf(session + 1); i++) {
      boolean elsewhere = requests.pop(i) != requests.pop(i - 1);
      boolean rested = requests.atMillis(i) - requests.atMillis(i - 1) >= JOURNEY_MILLIS_MIN;
      journeys += elsewhere && rested && requests.device(i) == 0 ? 1 : 0;
    }
    return journeys;
  }

  private void add(String kind, long at, long until, int pop, int toPop, String what) {
    if (count++ < ENTRIES_MAX) {
      entries.add(new Entry(kind, at, until, pop, toPop, what));
    }
  }

  @Override
  public void sent(
      long atMicros, long arrivesMicros, int from, int to, int which, PeerMessage message) {
    if (which == session) {
      add("sent", atMicros, arrivesMicros, from, to, describe(message));
    }
  }

  private static String describe(PeerMessage message) {
    String name = message.getClass().getSimpleName();
    if (message instanceof PeerMessage.Granted granted) {
      return name + " epoch " + granted.epoch().number() + " v" + granted.data().version();
    } else if (message instanceof PeerMessage.Confirm confirm) {
      return name + " epoch " + confirm.epoch().number();
    } else if (message instanceof PeerMessage.Acquire acquire) {
      return name + " " + acquire.purpose().name().toLowerCase(Locale.ROOT);
    }
    return name;
  }

  @Override
  public void stored(long atMicros, int pop, int which, Optional<SessionRecord> record) {
    if (which != session) {
      return;
    }
    SessionState state = record.map(SessionRecord::state).orElse(SessionState.ABSENT);
    String epoch = state.epochIfAny().map(each -> " epoch " + each.number()).orElse("");
    String version = state.payload().map(data -> " v" + data.version()).orElse("");
    add("stored", atMicros, atMicros, pop, pop, state.getClass().getSimpleName() + epoch + version);
  }

  @Override
  public void asked(long atMicros, int pop, int which, int device, boolean isWrite) {
    if (which == session) {
      String verb = isWrite ? "write" : "read";
      add("asked", atMicros, atMicros, pop, pop, verb + ", device " + (device + 1));
    }
  }

  @Override
  public void answered(long atMicros, int pop, int which, int device, Reply reply) {
    if (which == session) {
      String how = reply.how().name().toLowerCase(Locale.ROOT);
      String what =
          reply.outcome() instanceof Outcome.Failure failure
              ? failure.problem().code().name().toLowerCase(Locale.ROOT)
              : how;
      add("answered", atMicros, atMicros, pop, pop, what);
    }
  }
}
