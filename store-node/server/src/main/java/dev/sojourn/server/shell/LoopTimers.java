package dev.sojourn.server.shell;

import dev.sojourn.core.effect.TimerId;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The timers of one shard, kept by its event loop. Only to be used in the shard's turns. */
final class LoopTimers {
  private final EventLoop loop;
  private final Turns turns;
  private final NodeClock clock;
  private final Consumer<TimerId> fired;
  private final Map<TimerId, Future<?>> set = new HashMap<>();

  LoopTimers(EventLoop loop, Turns turns, NodeClock clock, Consumer<TimerId> fired) {
    this.loop = loop;
    this.turns = turns;
    this.clock = clock;
    this.fired = fired;
  }

  /** Sets a timer, in place of an earlier setting of the same one. */
  void set(TimerId timer, long atMillis) {
    long delayMillis = Math.max(0, atMillis - clock.nowMillis());
    Future<?> earlier =
        set.put(
            timer,
            loop.schedule(() -> turns.run(() -> fire(timer)), delayMillis, TimeUnit.MILLISECONDS));
    if (earlier != null) {
      earlier.cancel(false);
    }
  }

  void cancel(TimerId timer) {
    Future<?> earlier = set.remove(timer);
    if (earlier != null) {
      earlier.cancel(false);
    }
  }

  void cancelAll() {
    set.values().forEach(each -> each.cancel(false));
    set.clear();
  }

  private void fire(TimerId timer) {
    set.remove(timer);
    fired.accept(timer);
  }
}
