package dev.sojourn.server;

import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.server.ops.PolicyAdmin;
import dev.sojourn.server.policy.BundleRefused;
import dev.sojourn.server.policy.RolloutDesk;
import dev.sojourn.server.policy.RolloutReport;
import dev.sojourn.server.shell.NodeClock;
import dev.sojourn.server.shell.PolicyListener;
import dev.sojourn.value.PopId;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Brings to the desk for policies what comes from the network, on a thread that nobody waits for;
 * and what comes from the admin port, whose caller waits. Thread-safe.
 */
final class PolicyTicks implements PolicyListener, PolicyAdmin {
  private static final long TICK_MILLIS = 500;

  private final RolloutDesk desk;
  private final NodeClock clock;
  private final ScheduledExecutorService ticks;

  PolicyTicks(RolloutDesk desk, NodeClock clock, ScheduledExecutorService ticks) {
    this.desk = desk;
    this.clock = clock;
    this.ticks = ticks;
  }

  void start() {
    ticks.scheduleWithFixedDelay(
        () -> desk.tick(clock.nowMillis()), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void connected(PopId pop, boolean takesNews) {
    run(() -> desk.connected(pop, takesNews, clock.nowMillis()));
  }

  @Override
  public void disconnected(PopId pop) {
    run(() -> desk.disconnected(pop));
  }

  @Override
  public void told(PopId from, PolicyNews news) {
    run(() -> desk.told(from, news, clock.nowMillis()));
  }

  private void run(Runnable task) {
    try {
      ticks.execute(task);
    } catch (RejectedExecutionException ends) {
      // The node ends; it asks again when it is back.
    }
  }

  @Override
  public void push(byte[] bundle) throws BundleRefused {
    desk.push(bundle, clock.nowMillis());
  }

  @Override
  public Optional<RolloutReport> report() {
    return desk.report();
  }
}
