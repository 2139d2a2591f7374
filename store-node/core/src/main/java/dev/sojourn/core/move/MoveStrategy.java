package dev.sojourn.core.move;

import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import java.util.Optional;

/**
 * Decides, after a request of another POP was run, whether the session goes along with the answer.
 * Pure: the same question has the same answer, so that runs repeat and a retry gets no second throw
 * of the coin.
 */
public interface MoveStrategy {
  boolean shouldMove(Question question);

  /**
   * @param owner the POP that is asked
   * @param asker the POP where the user is now
   * @param quietMillis since the last request of any client for this session
   * @param cameFrom whom the owner had the session from, if it knows
   * @param heldMillis since the owner took it over; large when it does not know
   */
  record Question(
      KeyHash key,
      Epoch epoch,
      RequestId request,
      PopId owner,
      PopId asker,
      long quietMillis,
      Optional<PopId> cameFrom,
      long heldMillis) {}

  /** The default of a namespace that does not choose. */
  static MoveStrategy standard() {
    return QuietOrCoin.standard();
  }

  /** Moves with the first request from elsewhere. */
  static MoveStrategy always() {
    return question -> true;
  }

  /** Never moves: remote access for ever. */
  static MoveStrategy never() {
    return question -> false;
  }
}
