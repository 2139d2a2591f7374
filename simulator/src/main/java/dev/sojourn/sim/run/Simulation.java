package dev.sojourn.sim.run;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.own.OwnRun;
import dev.sojourn.sim.own.OwnRun.Progress;
import dev.sojourn.sim.own.Watcher;
import dev.sojourn.sim.rival.Strategy;
import dev.sojourn.sim.setup.Requests;
import dev.sojourn.sim.setup.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a scenario. Sessions never meet, so users are dealt into partitions of a fixed size, each
 * played alone from beginning to end; what was counted is put together in their order. So the
 * number of threads changes nothing but the time it takes.
 */
public final class Simulation {
  /** Small enough that a partition's sessions stay in the processor's caches, more or less. */
  private static final int REQUESTS_IN_PARTITION = 1 << 17;

  private static final int USERS_IN_PARTITION_MAX = 4096;

  /** Of a trace, where users differ in how much they ask. */
  public static final int TRACE_USERS_IN_PARTITION = 256;

  private final Scenario scenario;

  public Simulation(Scenario scenario) {
    this.scenario = scenario;
  }

  /**
   * Runs all of it.
   *
   * @param threads at most so many at once
   * @throws dev.sojourn.sim.promise.PromiseBroken if a promise is broken
   */
  public Results run(int threads, Progress progress) throws InterruptedException {
    int users = scenario.population().users();
    int each = usersInPartition();
    int partitions = (users + each - 1) / each;
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      Results all = new Results(scenario);
      // No more are begun than are soon put together, so that memory does not grow with users.
      List<Future<Results>> begun = new ArrayList<>();
      int next = 0;
      for (int partition = 0; partition < partitions; partition++) {
        for (; next < Math.min(partitions, partition + 2 * threads); next++) {
          int number = next;
          begun.add(workers.submit(() -> play(number, each, progress)));
        }
        all.add(begun.set(partition, DONE).get());
      }
      return all;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private static final Future<Results> DONE =
      java.util.concurrent.CompletableFuture.completedFuture(null);

  private int usersInPartition() {
    int requests = Math.max(1, scenario.population().visits().requestsMax(scenario.workload()));
    int few = Math.max(1, REQUESTS_IN_PARTITION / requests);
    boolean isTrace = scenario.population().visits().requestsMax(scenario.workload()) < 0;
    return isTrace ? TRACE_USERS_IN_PARTITION : Math.min(USERS_IN_PARTITION_MAX, few);
  }

  private Results play(int partition, int usersEach, Progress progress) {
    int from = partition * usersEach;
    int to = Math.min(scenario.population().users(), from + usersEach);
    Requests requests = Requests.of(scenario, from, to);
    Results results = new Results(scenario);
    results.addRequests(requests, to - from);
    Story story = new Story(requests.sessions() == 0 ? 0 : Story.choose(requests));
    Watcher watcher = partition == 0 ? story : Watcher.NONE;
    results.own().add(new OwnRun(scenario, requests, partition, watcher).run(progress));
    results.tell(story.entries());
    RivalRun rivals = new RivalRun(scenario);
    ImmutableList<Strategy> strategies = scenario.rivals();
    for (int i = 0; i < strategies.size(); i++) {
      results.rival(i).add(rivals.of(strategies.get(i), requests));
    }
    for (int session = 0; session < requests.sessions(); session++) {
      results.regret().judge(requests.view(session));
    }
    return results;
  }
}
