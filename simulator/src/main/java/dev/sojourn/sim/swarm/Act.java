package dev.sojourn.sim.swarm;

import dev.sojourn.sim.world.Patience;
import dev.sojourn.value.PopId;

/**
 * What one client does.
 *
 * @param number names it, whatever else is left out of the plan
 * @param pauseMillis that pass before it
 * @param waits whether the next act waits until all that was asked is over
 */
public record Act(
    int number, long pauseMillis, String device, PopId pop, boolean waits, Doing doing) {

  /** What it is that the client does. */
  public sealed interface Doing {}

  /**
   * A request.
   *
   * @param operations in the words of a scenario: {@code puts n=1 and gets}
   */
  public record Request(Credential with, Temper temper, String operations) implements Doing {}

  /** The same bytes as in an earlier act, sent again, by whoever sent them then. */
  public record Repeat(int number) implements Doing {}

  /** Takes over what another device carries. */
  public record Carry(String from) implements Doing {}

  /** What a request is sent with. */
  public enum Credential {
    /** What the device carries now. */
    CURRENT,
    /** The first one that the device was ever given. */
    FIRST,
    /** The last but one. */
    FORMER,
    NONE,
    FORGED
  }

  /** How patient the client is. */
  public enum Temper {
    /** Tries for about a minute. */
    STUBBORN(Patience.STUBBORN),
    /** Asks once. */
    ONCE(Patience.ONCE),
    /** Gives up before most answers can come, and tries again twice. */
    HASTY(new Patience(3, 60, 20)),
    /** Gives up at once, and for good. */
    FLEETING(new Patience(1, 15, 0));

    private final Patience patience;

    Temper(Patience patience) {
      this.patience = patience;
    }

    Patience patience() {
      return patience;
    }
  }
}
