package dev.sojourn.sim.own;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.state.SessionRecord;
import java.util.Optional;

/** Sees what happens to sessions, in the order of time. Does nothing unless it is overridden. */
public interface Watcher {
  /** Nobody looks. */
  Watcher NONE = new Watcher() {};

  default void sent(
      long atMicros, long arrivesMicros, int from, int to, int session, PeerMessage message) {}

  default void stored(long atMicros, int pop, int session, Optional<SessionRecord> record) {}

  default void asked(long atMicros, int pop, int session, int device, boolean isWrite) {}

  default void answered(long atMicros, int pop, int session, int device, Reply reply) {}
}
