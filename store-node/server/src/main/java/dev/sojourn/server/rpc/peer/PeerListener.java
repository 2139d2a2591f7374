package dev.sojourn.server.rpc.peer;

import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;

/**
 * Who is told what arrives from other POPs. All calls come from one event loop, one after the
 * other: an implementation hands over to the right shard and returns soon. It may call the network.
 */
public interface PeerListener {
  /**
   * A stream to and from {@code pop} is up, and both ends have proved who they are. Never called
   * twice without a {@link #disconnected} between.
   */
  void connected(PopId pop, PeerFacts facts);

  /**
   * No stream to {@code pop} is up: it broke, was closed, or could not be opened. What was on it
   * has arrived or never will, and no answer will come on it. May be called repeatedly without a
   * {@link #connected} between, once for each futile attempt.
   */
  void disconnected(PopId pop);

  /**
   * @return false if there is no room for the message: it is dropped, and the stream is closed, so
   *     that no message is ever lost while its stream stays up
   */
  boolean received(PopId from, KeyHash key, PeerMessage message);

  /** {@code pop} owes nothing more to our store {@code storeId} (rule R14). */
  void announcesDone(PopId pop, Bytes storeId);

  /** What {@code pop} says of signed policies. */
  void policyTold(PopId pop, PolicyNews news);
}
