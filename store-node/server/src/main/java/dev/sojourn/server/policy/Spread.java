package dev.sojourn.server.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.link.PolicyMark;
import dev.sojourn.core.link.PolicyNews.Held;
import dev.sojourn.core.link.PolicyNews.Holding;
import dev.sojourn.core.link.PolicyNews.Refused;
import dev.sojourn.value.PopId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a POP knows of which signed policies the others hold, and whom it is to ask next. It asks
 * whoever is not known to hold the same, again and again, with pauses that double; a POP without a
 * stream is dialled. Nothing is sent twice because of a message that was lost: whoever lacks a
 * bundle asks for it.
 *
 * <p>Time is given with each call. Not thread-safe.
 */
public final class Spread {
  static final long PAUSE_MILLIS_MIN = 1_000;
  static final long PAUSE_MILLIS_MAX = 60_000;

  private final Map<PopId, Other> others = new TreeMap<>();

  /** How another POP stands. */
  public enum Standing {
    /** It holds the same. */
    HOLDS,
    /** It has said that it holds something else. */
    DIFFERS,
    /** It has refused the newest of ours. */
    REFUSES,
    /** It has not said anything since this process began. */
    UNHEARD,
    /** Its release knows nothing of signed policies. */
    OLDER
  }

  private static final class Other {
    private boolean isUp;
    private boolean isOlder;
    private Optional<Holding> holding = Optional.empty();
    private Optional<Refused> refused = Optional.empty();
    private long dueMillis;
    private long pauseMillis = PAUSE_MILLIS_MIN;

    void askSoon() {
      dueMillis = 0;
      pauseMillis = PAUSE_MILLIS_MIN;
    }

    void asked(long nowMillis) {
      dueMillis = nowMillis + pauseMillis;
      pauseMillis = Math.min(PAUSE_MILLIS_MAX, 2 * pauseMillis);
    }
  }

  /**
   * @param active the other POPs in service
   */
  void replace(ImmutableSet<PopId> active) {
    others.keySet().retainAll(active);
    active.forEach(pop -> others.computeIfAbsent(pop, any -> new Other()));
    others.values().forEach(Other::askSoon);
  }

  /**
   * A stream is up.
   *
   * @param takesNews whether that POP's release knows what this is about
   * @return whether to ask it at once
   */
  boolean connected(PopId pop, boolean takesNews, long nowMillis) {
    Other other = others.get(pop);
    if (other == null) {
      return false;
    }
    other.isUp = true;
    other.isOlder = !takesNews;
    // It may be another process by now, perhaps on another disk.
    other.holding = Optional.empty();
    other.askSoon();
    other.asked(nowMillis);
    return takesNews;
  }

  void disconnected(PopId pop) {
    Other other = others.get(pop);
    if (other != null) {
      other.isUp = false;
    }
  }

  void heard(PopId pop, Held held) {
    Other other = others.get(pop);
    if (other != null) {
      if (other.holding.filter(last -> !last.equals(held.holding())).isPresent()) {
        other.askSoon();
      }
      other.holding = Optional.of(held.holding());
      other.refused = held.refused();
    }
  }

  /** Whether to ask {@code pop} now, having heard that it is ahead; it counts as asked then. */
  boolean mayAsk(PopId pop, long nowMillis) {
    Other other = others.get(pop);
    if (other == null || !other.isUp || other.isOlder || nowMillis < other.dueMillis) {
      return false;
    }
    other.asked(nowMillis);
    return true;
  }

  /** What this POP holds has changed: whoever holds something else is asked without a pause. */
  void renew() {
    others.values().forEach(Other::askSoon);
  }

  /** Who has a stream, and may be told. */
  ImmutableList<PopId> reachable() {
    return others.entrySet().stream()
        .filter(each -> each.getValue().isUp && !each.getValue().isOlder)
        .map(Map.Entry::getKey)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Whose turn it is, and whether there is a stream already; they count as asked then.
   *
   * @param mine what this POP holds
   */
  Due due(Holding mine, long nowMillis) {
    ImmutableList.Builder<PopId> ask = ImmutableList.builder();
    ImmutableList.Builder<PopId> dial = ImmutableList.builder();
    others.forEach(
        (pop, other) -> {
          boolean isSame = other.holding.filter(mine::equals).isPresent();
          if (isSame || nowMillis < other.dueMillis || (other.isUp && other.isOlder)) {
            return;
          }
          other.asked(nowMillis);
          (other.isUp ? ask : dial).add(pop);
        });
    return new Due(ask.build(), dial.build());
  }

  record Due(ImmutableList<PopId> ask, ImmutableList<PopId> dial) {}

  /** Whether every other POP in service is known to hold this for all. */
  boolean isHeldByAll(PolicyMark main) {
    return others.values().stream()
        .allMatch(other -> other.holding.filter(held -> held.main().equals(main)).isPresent());
  }

  /** How each of the others stands to what this POP holds. */
  ImmutableList<Told> told(Holding mine) {
    ImmutableList.Builder<Told> told = ImmutableList.builder();
    others.forEach(
        (pop, other) -> {
          Optional<String> reason =
              other
                  .refused
                  .filter(
                      each -> each.mark().equals(mine.main()) || each.mark().equals(mine.trial()))
                  .map(Refused::reason);
          told.add(
              new Told(
                  pop,
                  standing(other, mine, reason.isPresent()),
                  other.holding.map(held -> held.newest().version()).orElse(0L),
                  reason));
        });
    return told.build();
  }

  /**
   * @param version of the newest that it holds; 0 if it holds none, or has not said
   * @param reason why it refuses
   */
  public record Told(PopId pop, Standing standing, long version, Optional<String> reason) {}

  private static Standing standing(Other other, Holding mine, boolean refuses) {
    if (other.isOlder) {
      return Standing.OLDER;
    } else if (other.holding.isEmpty()) {
      return Standing.UNHEARD;
    } else if (other.holding.get().equals(mine)) {
      return Standing.HOLDS;
    }
    return refuses ? Standing.REFUSES : Standing.DIFFERS;
  }
}
