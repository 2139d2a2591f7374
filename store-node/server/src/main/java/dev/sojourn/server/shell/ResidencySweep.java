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
import java.util.function.Consumer;
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
  private final PopId pop;
  private final RecordScan scan;
  private final SessionStore store;
  private final Consumer<Event.ResidencyDue> core;
  private final ScheduledExecutorService ticks;
  private final NodeClock clock;
  private final LongSupplier sweptEver;
  private final LongConsumer finished;
  private final Pace pace;
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
    DONE,
    /** All that can be read is as it may be; of what cannot be read nobody knows. */
    INCOMPLETE
  }

  /**
   * How hard a sweep may work.
   *
   * @param toldMax so many sessions are told of in one pass: each may become a move
   * @param pauseMillisMin between two passes at first
   * @param pauseMillisMax between two passes that bring nothing
   * @param cleanPasses so many in a row find nothing at the end: what was decided before a pass may
   *     reach the disk after it
   */
  public record Pace(int toldMax, long pauseMillisMin, long pauseMillisMax, int cleanPasses) {
    public static final Pace STANDARD = new Pace(5_000, 1_000, 30_000, 2);
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
   * @param unreadable records of which nobody can say what they hold, and so whether they may rest
   *     here; not among those found or left
   */
  public record Report(
      Stage stage,
      String policy,
      long found,
      long erased,
      long left,
      long frozen,
      long unreadable) {
    public static final Report NONE = new Report(Stage.IDLE, "", 0, 0, 0, 0, 0);

    /** How many are no longer here, and were not erased. */
    public long moved() {
      return Math.max(0, found - erased - left);
    }

    private Report at(Stage next) {
      return new Report(next, policy, found, erased, left, frozen, unreadable);
    }
  }

  /**
   * @param core told of each session that may no longer rest here
   * @param sweptEver how many payloads the core has dropped for residency since the start
   * @param finished told when a sweep has come to its end and left nothing out, with the instant at
   *     which its policy came into force
   */
  public ResidencySweep(
      PopId pop,
      SessionStore store,
      Consumer<Event.ResidencyDue> core,
      ScheduledExecutorService ticks,
      NodeClock clock,
      LongSupplier sweptEver,
      LongConsumer finished,
      Pace pace) {
    this.pop = pop;
    this.scan = new RecordScan(store);
    this.store = store;
    this.core = core;
    this.ticks = ticks;
    this.clock = clock;
    this.sweptEver = sweptEver;
    this.finished = finished;
    this.pace = pace;
  }

  public Report report() {
    return report;
  }

  /** Another policy holds from now on; a sweep that is under way for the one before ends. */
  public synchronized void begin(PolicyInForce policy) {
    runs++;
    sweptBefore = sweptEver.getAsLong();
    report = new Report(Stage.MOVING, policy.rules().version(), 0, 0, 0, 0, 0);
    new Run(runs, policy).pass(0, Optional.empty(), pace.pauseMillisMin(), pace.cleanPasses());
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
      scan.run(key -> true, pass, this::goesOn)
          .whenComplete(
              (keys, failure) -> {
                if (goesOn() && failure == null) {
                  passed(pass, pauseMillis, cleanWanted);
                } else if (goesOn()) {
                  again(round + 1, Optional.empty(), pace.pauseMillisMax(), pace.cleanPasses());
                }
              });
    }

    /** One walk over all records. The store's one reader for that looks, and then tells its end. */
    private final class Pass implements RecordScan.RecordVisitor {
      private final int round;
      private final Optional<KeyHash> after;
      private long unlawful;
      private long frozen;
      private long unreadable;
      private int told;
      private Optional<KeyHash> lastTold = Optional.empty();

      Pass(int round, Optional<KeyHash> after) {
        this.round = round;
        this.after = after;
      }

      @Override
      public void unreadable(KeyHash key) {
        unreadable++;
      }

      @Override
      public void visit(KeyHash key, SessionRecord record) {
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
        if (isNext && told < pace.toldMax()) {
          told++;
          lastTold = Optional.of(key);
          core.accept(new Event.ResidencyDue(key, round));
        }
      }

      boolean isCutShort() {
        return told == pace.toldMax();
      }
    }

    private void passed(Pass pass, long pauseMillis, int cleanWanted) {
      long unlawful = pass.unlawful;
      long frozen = pass.frozen;
      long erased = sweptEver.getAsLong() - sweptBefore;
      long found = Math.max(report.found(), unlawful + frozen);
      report =
          new Report(
              Stage.MOVING,
              policy.rules().version(),
              found,
              erased,
              unlawful + frozen,
              frozen,
              pass.unreadable);
      int cleanLeft = unlawful == 0 ? cleanWanted - 1 : pace.cleanPasses();
      if (pass.isCutShort()) {
        again(pass.round, pass.lastTold, pace.pauseMillisMin(), pace.cleanPasses());
      } else if (cleanLeft > 0) {
        long next = unlawful == 0 ? pauseMillis : Math.min(pace.pauseMillisMax(), 2 * pauseMillis);
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
              again(0, Optional.empty(), pace.pauseMillisMax(), pace.cleanPasses());
            } else if (goesOn()) {
              end();
            }
          });
    }

    private void end() {
      boolean isWhole = report.unreadable() == 0;
      report = report.at(isWhole ? Stage.DONE : Stage.INCOMPLETE);
      if (isWhole) {
        finished.accept(policy.sinceMillis());
      } else {
        LOG.atError()
            .addKeyValue("pop", pop)
            .addKeyValue("unreadable", report.unreadable())
            .log(
                "records cannot be read, and nobody knows whether they may rest here: the store is"
                    + " swept again at the next start");
      }
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
