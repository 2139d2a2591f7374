package dev.sojourn.server.shell;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState.Suspect;
import dev.sojourn.server.storage.Completion;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the store after a policy has changed, and tells the core of each session that may no
 * longer rest here, again and again until there is none (rule R21): the core has them moved, and
 * drops them when the policy's grace is over. At the end it takes their bytes out of the store's
 * files. Thread-safe.
 */
public final class ResidencySweep {
  private static final Logger LOG = LoggerFactory.getLogger(ResidencySweep.class);
  private static final long PAUSE_MILLIS_MIN = 1_000;
  private static final long PAUSE_MILLIS_MAX = 30_000;

  /** So many are told of in one pass: each may become a move. */
  private static final int TOLD_MAX = 5_000;

  /** What was decided before a pass may reach the disk after it. */
  private static final int CLEAN_PASSES = 2;

  private final PopId pop;
  private final RecordScan scan;
  private final SessionStore store;
  private final Shards shards;
  private final ScheduledExecutorService ticks;
  private final NodeClock clock;
  private final LongSupplier sweptEver;
  private final LongConsumer finished;
  private volatile Report report = Report.NONE;
  private volatile long runs;
  private long sweptBefore;

  /** What a sweep is about just now. */
  public enum Stage {
    /** Nothing was to be swept since the start. */
    IDLE,
    /** Sessions are moved, or wait for a POP that takes them or for the end of the grace. */
    MOVING,
    /** Their bytes are being taken out of the files. */
    PURGING,
    DONE
  }

  /**
   * How far the latest sweep is. What was found, and is neither erased nor left, has moved or has
   * ended by itself.
   *
   * @param policy whose version it is for
   * @param found sessions that might not rest here, in its first pass
   * @param erased dropped since the grace was over
   * @param left still here, as of the latest pass
   * @param frozen of those left: after proof of a rollback, which only an operator resolves
   */
  public record Report(
      Stage stage, String policy, long found, long erased, long left, long frozen) {
    static final Report NONE = new Report(Stage.IDLE, "", 0, 0, 0, 0);

    /** How many are no longer here, and were not erased. */
    public long moved() {
      return Math.max(0, found - erased - left);
    }

    private Report at(Stage next) {
      return new Report(next, policy, found, erased, left, frozen);
    }
  }

  /**
   * @param sweptEver how many payloads the core has dropped for residency since the start
   * @param finished told when a sweep has come to its end, with the instant at which its policy
   *     came into force
   */
  public ResidencySweep(
      PopId pop,
      SessionStore store,
      Shards shards,
      ScheduledExecutorService ticks,
      NodeClock clock,
      LongSupplier sweptEver,
      LongConsumer finished) {
    this.pop = pop;
    this.scan = new RecordScan(store);
    this.store = store;
    this.shards = shards;
    this.ticks = ticks;
    this.clock = clock;
    this.sweptEver = sweptEver;
    this.finished = finished;
  }

  public Report report() {
    return report;
  }

  /** Another policy holds from now on; a sweep that is under way for the one before ends. */
  public synchronized void begin(PolicyInForce policy) {
    runs++;
    sweptBefore = sweptEver.getAsLong();
    report = new Report(Stage.MOVING, policy.rules().version(), 0, 0, 0, 0);
    new Run(runs, policy).pass(0, Optional.empty(), PAUSE_MILLIS_MIN, CLEAN_PASSES);
  }

  public synchronized void stop() {
    runs++;
  }

  /** One policy's. */
  private final class Run {
    private final long number;
    private final PolicyInForce policy;

    Run(long number, PolicyInForce policy) {
      this.number = number;
      this.policy = policy;
    }

    private boolean goesOn() {
      return number == runs && !ticks.isShutdown();
    }

    /**
     * @param after the last session of which the former pass told the core; empty to begin with the
     *     first one. So those that can go nowhere keep nobody behind them waiting.
     */
    void pass(int round, Optional<KeyHash> after, long pauseMillis, int cleanWanted) {
      Pass pass = new Pass(round, after);
      scan.run(key -> true, pass::look, this::goesOn)
          .whenComplete(
              (keys, failure) -> {
                if (goesOn() && failure == null) {
                  passed(pass, pauseMillis, cleanWanted);
                } else if (goesOn()) {
                  again(round + 1, Optional.empty(), PAUSE_MILLIS_MAX, CLEAN_PASSES);
                }
              });
    }

    /** One walk over all records. The store's one reader for that looks, and then tells its end. */
    private final class Pass {
      private final int round;
      private final Optional<KeyHash> after;
      private long unlawful;
      private long frozen;
      private int told;
      private Optional<KeyHash> lastTold = Optional.empty();

      Pass(int round, Optional<KeyHash> after) {
        this.round = round;
        this.after = after;
      }

      void look(KeyHash key, SessionRecord record) {
        if (policy.isSwept(record, pop, clock.nowMillis())) {
          return;
        }
        if (record.state() instanceof Suspect) {
          frozen++;
        } else {
          unlawful++;
          tell(key);
        }
      }

      private void tell(KeyHash key) {
        boolean isNext = after.filter(last -> key.compareTo(last) <= 0).isEmpty();
        if (isNext && told < TOLD_MAX) {
          told++;
          lastTold = Optional.of(key);
          shards.of(key).post(new Event.ResidencyDue(key, round));
        }
      }

      boolean isCutShort() {
        return told == TOLD_MAX;
      }
    }

    private void passed(Pass pass, long pauseMillis, int cleanWanted) {
      long unlawful = pass.unlawful;
      long frozen = pass.frozen;
      long erased = sweptEver.getAsLong() - sweptBefore;
      long found = Math.max(report.found(), unlawful + frozen);
      report =
          new Report(
              Stage.MOVING, policy.rules().version(), found, erased, unlawful + frozen, frozen);
      int cleanLeft = unlawful == 0 ? cleanWanted - 1 : CLEAN_PASSES;
      if (pass.isCutShort()) {
        again(pass.round, pass.lastTold, PAUSE_MILLIS_MIN, CLEAN_PASSES);
      } else if (cleanLeft > 0) {
        long next = unlawful == 0 ? pauseMillis : Math.min(PAUSE_MILLIS_MAX, 2 * pauseMillis);
        ticks.schedule(
            () -> pass(pass.round + 1, Optional.empty(), next, cleanLeft),
            pauseMillis,
            TimeUnit.MILLISECONDS);
      } else {
        // Even if nothing was found: of what has left before there may be bytes in the files.
        purge();
      }
    }

    private void again(int round, Optional<KeyHash> after, long pauseMillis, int cleanWanted) {
      ticks.schedule(
          () -> pass(round, after, pauseMillis, cleanWanted), pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void purge() {
      report = report.at(Stage.PURGING);
      CompletableFuture<Boolean> purged = new CompletableFuture<>();
      store.purge(new Completion<>(purged));
      purged.whenComplete(
          (done, failure) -> {
            if (goesOn() && failure != null) {
              LOG.atError()
                  .addKeyValue("pop", pop)
                  .log(
                      "the store's files still hold what was swept, and it is tried again: {}",
                      failure.getMessage());
              again(0, Optional.empty(), PAUSE_MILLIS_MAX, CLEAN_PASSES);
            } else if (goesOn()) {
              end();
            }
          });
    }

    private void end() {
      report = report.at(Stage.DONE);
      finished.accept(policy.sinceMillis());
      LOG.atInfo()
          .addKeyValue("pop", pop)
          .addKeyValue("policy", report.policy())
          .addKeyValue("found", report.found())
          .addKeyValue("moved", report.moved())
          .addKeyValue("erased", report.erased())
          .addKeyValue("left", report.left())
          .log("what might no longer rest here was swept");
    }
  }
}
