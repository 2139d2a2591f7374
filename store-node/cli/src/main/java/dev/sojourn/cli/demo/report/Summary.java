package dev.sojourn.cli.demo.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The demo's figures, all computed from what was measured.
 *
 * @param moves all moves; those on links from 5 to 200 ms are {@code countedMoves}
 * @param moveRttRatioP50 the median of latency / round-trip time over the counted moves
 * @param moveExtraMillisP50 the median of latency - round-trip time over the counted moves
 * @param localCrossPopRoundTrips local requests during which the POP that was called said anything
 *     to another, or which say themselves that they waited for one
 * @param localMillisP50 the median latency of local requests
 * @param maxPayloadCopiesAtRest over all sessions, once the last confirm was in
 */
public record Summary(
    int requests,
    int moves,
    int countedMoves,
    double moveRttRatioP50,
    double moveExtraMillisP50,
    int localRequests,
    double localMillisP50,
    int localCrossPopRoundTrips,
    int acknowledgedWrites,
    int verifiedWrites,
    int sessions,
    int minPayloadCopiesAtRest,
    int maxPayloadCopiesAtRest) {
  static final Duration LINK_MIN = Duration.ofMillis(5);
  static final Duration LINK_MAX = Duration.ofMillis(200);
  static final int COUNTED_MOVES_MIN = 10;
  static final double RATIO_MAX = 1.1;
  static final double EXTRA_MILLIS_MAX = 3;

  /** Something the demo claims, whether it held, and with which figures. */
  public record Promise(String name, boolean held, String figures) {}

  /**
   * @param verifiedWrites of the acknowledged writes, how many were read back as written, once
   * @param payloadCopies for each session, at how many POPs its payload rests
   */
  public static Summary of(
      List<Request> requests, int verifiedWrites, List<Integer> payloadCopies) {
    List<Request> counted = requests.stream().filter(Request::isCountedMove).toList();
    List<Request> local =
        requests.stream().filter(request -> request.how() == Request.How.LOCAL).toList();
    return new Summary(
        requests.size(),
        (int) requests.stream().filter(request -> request.how() == Request.How.MOVED).count(),
        counted.size(),
        median(counted, move -> move.link().orElseThrow().ratioOf(move.latency())),
        median(counted, move -> move.link().orElseThrow().extraMillisOf(move.latency())),
        local.size(),
        median(local, request -> request.latency().toNanos() / 1e6),
        (int)
            local.stream()
                .filter(request -> request.messagesSent() > 0 || request.roundTrips() > 0)
                .count(),
        (int) requests.stream().filter(Request::write).count(),
        verifiedWrites,
        payloadCopies.size(),
        payloadCopies.stream().mapToInt(Integer::intValue).min().orElse(0),
        payloadCopies.stream().mapToInt(Integer::intValue).max().orElse(0));
  }

  public List<Promise> promises() {
    return List.of(
        new Promise(
            "a move costs one round trip",
            countedMoves >= COUNTED_MOVES_MIN
                && (moveRttRatioP50 <= RATIO_MAX || moveExtraMillisP50 <= EXTRA_MILLIS_MAX),
            text(
                "%d moves, %d of them on links from 5 to 200 ms; median %.3f x RTT, %.2f ms more than it",
                moves, countedMoves, moveRttRatioP50, moveExtraMillisP50)),
        new Promise(
            "local work needs no other POP",
            localRequests > 0 && localCrossPopRoundTrips == 0,
            text(
                "%d local requests, %d with a message to another POP; median %.2f ms",
                localRequests, localCrossPopRoundTrips, localMillisP50)),
        new Promise(
            "no acknowledged write is lost",
            acknowledgedWrites > 0 && verifiedWrites == acknowledgedWrites,
            text("%d acknowledged, %d read back", acknowledgedWrites, verifiedWrites)),
        new Promise(
            "a session rests at one POP",
            sessions > 0 && minPayloadCopiesAtRest == 1 && maxPayloadCopiesAtRest == 1,
            text(
                "%d sessions, at most %d %s of a payload, asked of every node",
                sessions,
                maxPayloadCopiesAtRest,
                maxPayloadCopiesAtRest == 1 ? "copy" : "copies")));
  }

  public boolean allHeld() {
    return promises().stream().allMatch(Promise::held);
  }

  /** The middle value, or the mean of the middle two; NaN where there is none. */
  static double median(List<Request> requests, ToDoubleFunction<Request> value) {
    double[] sorted = requests.stream().mapToDouble(value).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
