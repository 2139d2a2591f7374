package dev.sojourn.sim.check;

import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Undone;
import java.util.Optional;

/**
 * What a crash has undone is told to exactly those clients that have seen it, with the right number
 * (rule R16): in the answer, or as the reason why there is none.
 */
public final class MissingIsTold implements Invariant {
  private final Gone gone = new Gone();
  private final Losses losses = new Losses();

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Undone undone) {
      gone.observe(undone);
    } else if (observation instanceof Answered answered
        && !losses.mayHaveTurnedBack(answered.key())) {
      verify(answered);
    }
  }

  private void verify(Answered answered) {
    Optional<Hint> hint = answered.request().hint();
    long missing = hint.map(seen -> gone.missing(answered.key(), seen)).orElse(0L);
    if (answered.reply().outcome() instanceof Outcome.Success success) {
      verify(hint, missing, success);
    } else if (answered.reply().outcome() instanceof Outcome.Failure failure
        && (failure.problem().code() == ErrorCode.VERSIONS_MISSING
            || failure.problem().versionsMissing() > 0)
        && failure.problem().versionsMissing() != missing) {
      throw new InvariantViolated(
          this,
          "a client was told that "
              + failure.problem().versionsMissing()
              + " versions are missing, and of what it had seen "
              + missing
              + " are");
    }
  }

  private void verify(Optional<Hint> hint, long missing, Outcome.Success success) {
    long told = success.flags().versionsMissing();
    // An answer of the epoch that the hint is of left before the crash.
    boolean afterTheCrash =
        success.epoch().isPresent()
            && hint.filter(seen -> success.epoch().get().isAfter(seen.epoch())).isPresent();
    boolean endedBefore = success.flags().ended() && success.flags().replayed();
    if (told != 0 && told != missing) {
      throw new InvariantViolated(
          this, "a client was told of " + told + " missing versions, and " + missing + " are");
    }
    if (told == 0 && missing > 0 && afterTheCrash && !endedBefore) {
      throw new InvariantViolated(
          this, "a client was not told that " + missing + " versions that it had seen are gone");
    }
  }
}
