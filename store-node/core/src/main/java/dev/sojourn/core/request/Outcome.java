package dev.sojourn.core.request;

import com.google.common.collect.ImmutableList;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Epoch;
import java.util.Optional;

/** What came of a request at the owner. */
public sealed interface Outcome {
  /**
   * @param hint what the client is to carry from now on; empty when what it has is still right, or
   *     when it is to get none
   * @param version the session's version that the results reflect; 0 when there is no session
   * @param epoch empty when there is no session
   * @param flags what else there is to know
   */
  record Success(
      ImmutableList<OperationResult> results,
      Optional<Hint> hint,
      long version,
      Optional<Epoch> epoch,
      Flags flags)
      implements Outcome {}

  record Failure(Problem problem) implements Outcome {}

  /**
   * @param replayed the request had been applied before, and nothing was applied now
   * @param superseded a replay whose credential is no longer good, so it carries no hint (rule R10)
   * @param created the request created the session
   * @param ended the request ended the session
   * @param versionsMissing how many versions that this client has seen a crash has undone
   * @param redacted something that was asked for may not be seen at the POP that was called, and is
   *     left out
   */
  record Flags(
      boolean replayed,
      boolean superseded,
      boolean created,
      boolean ended,
      long versionsMissing,
      boolean redacted) {
    public static final Flags NONE = new Flags(false, false, false, false, 0, false);
    public static final Flags CREATED = new Flags(false, false, true, false, 0, false);
    public static final Flags ENDED = new Flags(false, false, false, true, 0, false);
    public static final Flags REPLAYED = new Flags(true, false, false, false, 0, false);
    public static final Flags SUPERSEDED = new Flags(true, true, false, false, 0, false);
    public static final Flags ENDED_BEFORE = new Flags(true, false, false, true, 0, false);

    public Flags missing(long versions) {
      return versions == 0
          ? this
          : new Flags(replayed, superseded, created, ended, versions, redacted);
    }

    public Flags redactedIf(boolean isRedacted) {
      return isRedacted
          ? new Flags(replayed, superseded, created, ended, versionsMissing, true)
          : this;
    }
  }
}
