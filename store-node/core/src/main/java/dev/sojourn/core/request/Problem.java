package dev.sojourn.core.request;

import dev.sojourn.hint.Hint;
import dev.sojourn.value.PopId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A typed error for a client.
 *
 * @param detail one lower-case sentence without a full stop; never a secret, never content
 * @param pop the POP that the error is about, such as an owner that cannot be reached
 * @param operation index of the operation that failed
 * @param currentVersion of the session, where the version is what failed
 * @param hint a fresh hint, for {@link ErrorCode#OUTCOME_UNKNOWN} and {@link
 *     ErrorCode#VERSIONS_MISSING}
 * @param versionsMissing how many, for {@link ErrorCode#VERSIONS_MISSING}, and {@link
 *     ErrorCode#OUTCOME_UNKNOWN} where some are; else 0
 */
public record Problem(
    ErrorCode code,
    String detail,
    Optional<PopId> pop,
    OptionalInt operation,
    OptionalLong currentVersion,
    Optional<Hint> hint,
    long versionsMissing,
    Optional<Denial> denial) {

  /** One that the policy has nothing to do with, or that another POP tells. */
  public Problem(
      ErrorCode code,
      String detail,
      Optional<PopId> pop,
      OptionalInt operation,
      OptionalLong currentVersion,
      Optional<Hint> hint,
      long versionsMissing) {
    this(code, detail, pop, operation, currentVersion, hint, versionsMissing, Optional.empty());
  }

  public static Problem of(ErrorCode code, String detail) {
    return new Problem(
        code,
        detail,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        0);
  }

  public Problem about(PopId subject) {
    return new Problem(
        code,
        detail,
        Optional.of(subject),
        operation,
        currentVersion,
        hint,
        versionsMissing,
        denial);
  }

  public Problem atOperation(int index) {
    return new Problem(
        code, detail, pop, OptionalInt.of(index), currentVersion, hint, versionsMissing, denial);
  }

  public Problem withCurrentVersion(long version) {
    return new Problem(
        code, detail, pop, operation, OptionalLong.of(version), hint, versionsMissing, denial);
  }

  public Problem withHint(Hint fresh) {
    return new Problem(
        code, detail, pop, operation, currentVersion, Optional.of(fresh), versionsMissing, denial);
  }

  public Problem withVersionsMissing(long versions) {
    return new Problem(code, detail, pop, operation, currentVersion, hint, versions, denial);
  }

  public Problem because(Denial reason) {
    return new Problem(
        code, detail, pop, operation, currentVersion, hint, versionsMissing, Optional.of(reason));
  }
}
