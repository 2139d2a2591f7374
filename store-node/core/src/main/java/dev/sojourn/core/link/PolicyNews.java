package dev.sojourn.core.link;

import dev.sojourn.value.Bytes;
import java.util.Optional;

/**
 * What POPs tell each other so that signed policies spread by themselves. Each message stands
 * alone: lost, late, repeated and reordered ones do no harm.
 */
public sealed interface PolicyNews {
  /** The longest text of a refusal, in characters. */
  int REASON_MAX = 4_000;

  /**
   * "These are the newest that I hold."
   *
   * @param asks whether the receiver is to say the same, and to send what the sender lacks
   * @param refused the latest that was offered to the sender, and that it does not take
   */
  record Held(Holding holding, boolean asks, Optional<Refused> refused) implements PolicyNews {}

  /**
   * What a POP holds.
   *
   * @param main the newest for all POPs
   * @param trial the newest for some, or in shadow, if that is newer than the main one
   */
  record Holding(PolicyMark main, PolicyMark trial) {
    public static final Holding NOTHING = new Holding(PolicyMark.NONE, PolicyMark.NONE);

    /** Whether {@code other} could take anything of this one. */
    public boolean isAheadOf(Holding other) {
      return main.isNewerThan(other.main)
          || (trial.isNewerThan(other.trial) && trial.isNewerThan(other.main));
    }

    public PolicyMark newest() {
      return trial.isNewerThan(main) ? trial : main;
    }
  }

  /** "Take this one." The bytes of a whole bundle. */
  record Offered(Bytes bundle) implements PolicyNews {}

  /**
   * @param reason for a person; at most {@link #REASON_MAX} characters
   */
  record Refused(PolicyMark mark, String reason) {}
}
