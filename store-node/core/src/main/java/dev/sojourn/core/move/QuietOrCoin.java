package dev.sojourn.core.move;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Moves at once where the session was quiet, and tosses a coin where it was not.
 *
 * <p>A traveller's session was quiet while he travelled, so it goes with his first request: he
 * waits once. Two devices at work, or a route that flips in the middle of a page load, find the
 * session busy: there the coin of Westbrook's page-migration algorithm decides, and the session
 * stays more often than it goes. A session on its way straight back to where it just came from is
 * not a traveller's either, however quiet: it gets the coin.
 *
 * <p>Bound. Let a remote request cost d and a move D·d more. With w = 1/p + D and the potential w
 * times the distance from our place to the optimum's, a coin step costs in expectation at most 2(1
 * + pD) times what the optimum pays if it stays, w/(1 + D) times if it moves, and a step that moves
 * for certain at most 1 + 2D + 1/p times; whatever picks between the two kinds of step. So the
 * expected cost is at most {@link #boundFactor()} times that of the best schedule that also moves
 * only by being asked, on any metric. The proof is in the documentation of the protocol.
 *
 * @param quietMillisMin a session that nobody used for this long moves at once
 * @param returnMillis a session held for less than this does not go straight back for being quiet
 * @param moveCost D: what moving costs more than answering, as a share of the round trip
 */
public record QuietOrCoin(long quietMillisMin, long returnMillis, double moveCost)
    implements MoveStrategy {
  /** Longer than people's page loads last. */
  private static final long QUIET_MILLIS = 10_000;

  private static final long RETURN_MILLIS = 300_000;
  private static final double MOVE_COST = 0.5;

  /** Not a secret: the coin must be repeatable, not unpredictable. */
  private static final HashFunction COIN = Hashing.sipHash24(0x736f6a6f75726e31L, 0x636f696eL);

  public QuietOrCoin {
    if (!(moveCost >= 0) || moveCost > 1_000) {
      throw new IllegalArgumentException("a move costs 0 to 1000 round trips, not " + moveCost);
    }
  }

  public static QuietOrCoin standard() {
    return new QuietOrCoin(QUIET_MILLIS, RETURN_MILLIS, MOVE_COST);
  }

  /** With another weight of a move against a round trip. */
  public QuietOrCoin withMoveCost(double newMoveCost) {
    return new QuietOrCoin(quietMillisMin, returnMillis, newMoveCost);
  }

  /** The coin alone: quiet or not does not matter. */
  public QuietOrCoin coinOnly() {
    return new QuietOrCoin(Long.MAX_VALUE, returnMillis, moveCost);
  }

  @Override
  public boolean shouldMove(Question question) {
    boolean goesStraightBack =
        question.cameFrom().filter(question.asker()::equals).isPresent()
            && question.heldMillis() < returnMillis;
    if (question.quietMillis() >= quietMillisMin && !goesStraightBack) {
      return true;
    }
    return toss(question) < probability();
  }

  /** The coin's chance to move, p = 1/(2(1 + D)). */
  public double probability() {
    return 1 / (2 * (1 + moveCost));
  }

  /** Expected cost over that of the best schedule, at worst: 1 + 2D + 1/p. */
  public double boundFactor() {
    return 1 + 2 * moveCost + 1 / probability();
  }

  /**
   * A number in [0, 1) from the session, its epoch and the request: a retry tosses the same coin,
   * and a traveller who only reads gets a new one with each request.
   */
  private static double toss(Question question) {
    Hasher hasher = COIN.newHasher();
    hasher.putBytes(question.key().value().unsafeArray());
    hasher.putLong(question.epoch().number());
    hasher.putString(question.epoch().issuer().name(), StandardCharsets.US_ASCII);
    hasher.putBytes(question.request().value().unsafeArray());
    return (hasher.hash().asLong() >>> 11) * 0x1.0p-53;
  }
}
