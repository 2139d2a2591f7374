package dev.sojourn.client;

import dev.sojourn.v1.ErrorDetail;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known about a failed call.
 *
 * @param code what went wrong
 * @param text one line about it
 * @param remedy what to do about it
 * @param pop the POP that it is about; empty when no POP has answered
 * @param retryable whether sending the same bytes again is safe and may succeed
 * @param retryAfter how long to wait at least before that; zero when the node has no opinion
 * @param failedOperation the place of the operation that failed, from 0
 * @param currentVersion the session's version, after {@link ErrorCode#VERSION_MISMATCH}
 * @param versionsMissing how many versions a crash has undone, after {@link
 *     ErrorCode#VERSIONS_MISSING}, and perhaps {@link ErrorCode#OUTCOME_UNKNOWN}; else 0
 */
public record Problem(
    ErrorCode code,
    String text,
    String remedy,
    Optional<String> pop,
    boolean retryable,
    Duration retryAfter,
    OptionalInt failedOperation,
    OptionalLong currentVersion,
    long versionsMissing) {

  /** A problem that the SDK itself has found. */
  public static Problem of(ErrorCode code, String text) {
    return new Problem(
        code,
        text,
        code.remedy(),
        Optional.empty(),
        code.retryable(),
        Duration.ZERO,
        OptionalInt.empty(),
        OptionalLong.empty(),
        0);
  }

  /** Reads what a node said. A code that this SDK is too old to know becomes INTERNAL. */
  static Problem read(ErrorDetail error) {
    ErrorCode code = code(error);
    return new Problem(
        code,
        error.getText().isEmpty() ? "the node gave no reason" : error.getText(),
        error.getRemedy().isEmpty() ? code.remedy() : error.getRemedy(),
        error.getPop().isEmpty() ? Optional.empty() : Optional.of(error.getPop()),
        error.getRetryable(),
        Duration.ofMillis(error.getRetryAfterMillis()),
        error.hasFailedOperation()
            ? OptionalInt.of(error.getFailedOperation())
            : OptionalInt.empty(),
        error.hasCurrentVersion()
            ? OptionalLong.of(error.getCurrentVersion())
            : OptionalLong.empty(),
        error.getVersionsMissing());
  }

  static ErrorCode code(ErrorDetail error) {
    return switch (error.getCode()) {
      case ERROR_CODE_UNSPECIFIED, UNRECOGNIZED -> ErrorCode.INTERNAL;
      default -> ErrorCode.valueOf(error.getCode().name());
    };
  }
}
