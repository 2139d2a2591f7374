package dev.sojourn.server.shell;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;

/** Sends a message to another POP, once, without waiting. Thread-safe. */
@FunctionalInterface
public interface MessageSender {
  /**
   * Sends, or drops.
   *
   * @return false if it was dropped, because too much waits to be sent to that POP already
   */
  boolean send(PopId to, KeyHash key, PeerMessage message);
}
