package dev.sojourn.sim.rival;

/**
 * What came of a request.
 *
 * @param micros until it was answered; without meaning if it was not
 * @param isAnswered whether it was answered with what it asked for
 * @param isLocal whether the answer waited for no other POP
 * @param bytes sent between POPs on its account
 * @param isStale it read a state older than a write that was acknowledged before
 * @param updatesLost acknowledged writes that this one made undone
 */
public record Served(
    long micros,
    boolean isAnswered,
    boolean isLocal,
    long bytes,
    boolean isStale,
    int updatesLost) {
  static final Served FAILED = new Served(0, false, false, 0, false, 0);

  static Served local(long micros) {
    return new Served(micros, true, true, 0, false, 0);
  }

  static Served remote(long micros, long bytes) {
    return new Served(micros, true, false, bytes, false, 0);
  }

  Served sending(long moreBytes) {
    return new Served(micros, isAnswered, isLocal, bytes + moreBytes, isStale, updatesLost);
  }
}
