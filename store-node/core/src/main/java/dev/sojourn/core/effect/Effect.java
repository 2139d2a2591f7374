package dev.sojourn.core.effect;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Reply;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;

/** What the shell must do for the core. Each is fire and forget; what comes of it is an event. */
public sealed interface Effect {
  /** Read a record; answered by {@code RecordLoaded} or {@code LoadFailed}, always. */
  record Load(KeyHash key) implements Effect {}

  /**
   * Send a message. Connects if no stream is up; if that fails, or the stream breaks, the event
   * {@code PeerDisconnected} says so and the message is gone. It is put on one stream, once.
   */
  record Send(PopId to, KeyHash key, PeerMessage message) implements Effect {}

  /** Answer a client; at most once for each token. */
  record Answer(long token, Reply reply) implements Effect {}

  /** Fire {@code timer} at that instant, in place of any earlier setting of the same timer. */
  record SetTimer(TimerId timer, long atMillis) implements Effect {}

  record CancelTimer(TimerId timer) implements Effect {}

  /** Tell the operator: something happened that must not happen. */
  record Alarm(AlarmKind kind, KeyHash key) implements Effect {}

  /** Count a step of the protocol, for metrics and for coverage in simulation. */
  record Count(Step step) implements Effect {}
}
