package dev.sojourn.server.rpc.peer;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import java.net.InetSocketAddress;

/**
 * How a POP's peer network behaves.
 *
 * @param listen address to listen at; port 0 lets the system pick one
 * @param outgoing how this POP dials: plain, or TLS
 * @param incoming how this POP is dialled: plain, or TLS
 * @param handshakeMillisMax from the first packet of a new connection to the last proof
 * @param heartbeatMillis something is said at least this often on a stream
 * @param silenceMillisMax a stream on which nothing arrives for this long is dead; several times
 *     the heartbeat
 * @param idleMillisMax a stream without messages for this long is closed
 * @param retryMillisMin the pause after a failed attempt to connect, doubled each time
 * @param retryMillisMax the longest such pause
 * @param queueBytesMax what may wait to be sent to one POP
 * @param frameBytesMax the largest frame that is taken; more than one session with its window
 */
public record PeerSettings(
    InetSocketAddress listen,
    ChannelCredentials outgoing,
    ServerCredentials incoming,
    long handshakeMillisMax,
    long heartbeatMillis,
    long silenceMillisMax,
    long idleMillisMax,
    long retryMillisMin,
    long retryMillisMax,
    long queueBytesMax,
    int frameBytesMax) {

  /** Plain connections; a dead peer is noticed within five seconds. */
  public static PeerSettings plain(InetSocketAddress listen) {
    return new PeerSettings(
        listen,
        InsecureChannelCredentials.create(),
        InsecureServerCredentials.create(),
        5_000,
        1_000,
        5_000,
        300_000,
        100,
        2_000,
        32L << 20,
        16 << 20);
  }
}
