package dev.sojourn.server.rpc.peer;

import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * What carries messages between this POP and the others of its topology.
 *
 * <p>The network is best effort, and says so: a message is put on one stream, once, and either
 * arrives there whole or is lost; nothing is ever sent again by the network itself. What is lost
 * without a trace is lost together with its stream, and then {@link PeerListener#disconnected} is
 * called. Between one {@code connected} and the next {@code disconnected} of a POP its messages
 * arrive in the order of sending, each at most once; the protocol relies on neither.
 *
 * <p>A pair of POPs shares one stream, whoever opened it; a pair that has nothing to say has none.
 * The first message to a POP opens it, or {@link #connect}. While a POP cannot be reached, each
 * message to it is answered by {@code disconnected} without a further attempt until a short pause
 * is over, so that whoever waits for an answer learns at once that none is coming.
 *
 * <p>Both ends prove who they are before anything else is said. What arrives with {@code from} some
 * POP was sent by that POP.
 *
 * <p>Thread-safe. No method blocks, but for {@link #start}.
 */
public interface PeerNetwork extends AutoCloseable {
  /**
   * Begins to listen, and to be able to send.
   *
   * @return the port bound, which the system picked if the settings said 0
   * @throws IOException if the address cannot be bound; the message names it
   */
  int start() throws IOException;

  /**
   * Sends {@code message} about the session {@code key} to {@code to}, opening a stream if none is
   * up. Returns at once.
   *
   * @return false if the message was dropped because too much is waiting to be sent to that POP
   *     already. Nothing else is told of it then: the caller treats it as it would a disconnect
   */
  boolean send(PopId to, KeyHash key, PeerMessage message);

  /**
   * Tells {@code to} that every announce that this POP owed to its store {@code storeId} has been
   * said and acknowledged (rule R14).
   *
   * @return as {@link #send} does
   */
  boolean sendAnnouncesDone(PopId to, Bytes storeId);

  /**
   * Tells {@code to} of signed policies. Only while a stream is up to a POP whose {@link PeerFacts}
   * say that it knows what that is: an older release takes such a message for a broken stream.
   *
   * @return as {@link #send} does
   */
  boolean sendPolicyNews(PopId to, PolicyNews news);

  /**
   * Opens a stream to {@code to} with nothing to say yet, unless one is up. Whether that succeeds,
   * the listener hears: {@code connected}, or {@code disconnected}.
   */
  void connect(PopId to);

  /**
   * Looks at the topology anew: closes the streams of POPs that were retired, that left it, or that
   * moved to another address.
   */
  void topologyChanged();

  /** What the network has seen so far; never zeroed. */
  PeerCounters counters();

  /**
   * Closes every stream, drops what waits, stops listening. The listener is told of each disconnect
   * and of nothing after that. Does no harm when repeated.
   *
   * @return done when the last socket is closed
   */
  CompletableFuture<Void> shutdown();

  /** {@link #shutdown()} without waiting. */
  @Override
  default void close() {
    shutdown();
  }
}
