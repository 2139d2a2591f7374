package dev.sojourn.server.rpc.session;

/**
 * How much the client-facing service takes on.
 *
 * @param callsMax accepted and unanswered at once, over all connections
 * @param callBytesMax of all those requests together, and of the answers that wait for a client to
 *     read them
 * @param requestBytesMax of one request
 * @param deadlineMillisDefault for a call that brings no deadline
 * @param deadlineMillisMax the longest that a call is waited for, whatever its deadline
 */
public record EndpointSettings(
    int callsMax,
    long callBytesMax,
    int requestBytesMax,
    long deadlineMillisDefault,
    long deadlineMillisMax) {
  public static final EndpointSettings DEFAULT =
      new EndpointSettings(32_768, 128L << 20, 2 << 20, 10_000, 30_000);
}
