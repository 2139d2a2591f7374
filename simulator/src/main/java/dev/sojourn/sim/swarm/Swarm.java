package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.world.Core;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Runs seed after seed on several threads, each run on one, and stops at the first violation. What
 * comes of it does not depend on the number of threads: of several failures the lowest seed counts,
 * and of seeds beyond it nothing.
 *
 * @param from the first seed
 * @param seeds how many, from there on
 * @param traced whether each run is to give a fingerprint, which makes it several times slower
 */
public record Swarm(long from, long seeds, int threads, boolean traced) {

  /**
   * Runs all of it.
   *
   * @param done told now and then, from any thread, how many runs are done
   * @throws InterruptedException if the calling thread is interrupted; what runs is told to stop
   */
  public Tally run(Core.Maker maker, LongConsumer done) throws InterruptedException {
    ConcurrentSkipListMap<Long, Verdict> verdicts = new ConcurrentSkipListMap<>();
    AtomicLong next = new AtomicLong(from);
    AtomicLong finished = new AtomicLong();
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    long startedNanos = System.nanoTime();
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            workers.submit(
                () -> {
                  while (!stopped.get()) {
                    long seed = next.getAndIncrement();
                    if (seed >= from + seeds) {
                      return;
                    }
                    Verdict verdict = slim(Run.of(Draw.plan(seed), maker, traced));
                    verdicts.put(seed, verdict);
                    if (verdict.failure().isPresent()) {
                      stopped.set(true);
                    }
                    done.accept(finished.incrementAndGet());
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulator itself is broken", e.getCause());
    } finally {
      stopped.set(true);
      workers.shutdownNow();
    }
    return Tally.of(verdicts.values(), System.nanoTime() - startedNanos);
  }

  /** Without its lines, which would fill the memory. */
  private static Verdict slim(Verdict verdict) {
    return new Verdict(
        verdict.seed(),
        verdict.failure(),
        verdict.fingerprint(),
        verdict.requests(),
        verdict.coverage(),
        ImmutableList.of(),
        ImmutableList.of());
  }
}
