package dev.sojourn.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What a session starts with, should one be created. Immutable.
 *
 * @param residency the country (ISO 3166-1, two capital letters) whose rules the session falls
 *     under: the user's. Empty: the country of the POP that creates it
 * @param idleLifetime the session ends after so long without use; empty: the namespace's default
 * @param absoluteLifetime the session ends so long after its creation; empty: the namespace's
 *     default
 * @param label a word for operators, such as {@code web}; at most 64 characters, never a secret
 */
public record NewSession(
    Optional<String> residency,
    Optional<Duration> idleLifetime,
    Optional<Duration> absoluteLifetime,
    Optional<String> label) {
  private static final NewSession DEFAULTS =
      new NewSession(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** All as the namespace has it. */
  public static NewSession defaults() {
    return DEFAULTS;
  }

  public NewSession residency(String country) {
    return new NewSession(Optional.of(country), idleLifetime, absoluteLifetime, label);
  }

  public NewSession idleLifetime(Duration lifetime) {
    return new NewSession(residency, Optional.of(lifetime), absoluteLifetime, label);
  }

  public NewSession absoluteLifetime(Duration lifetime) {
    return new NewSession(residency, idleLifetime, Optional.of(lifetime), label);
  }

  public NewSession label(String word) {
    return new NewSession(residency, idleLifetime, absoluteLifetime, Optional.of(word));
  }
}
