package dev.sojourn.sim.world;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.value.PopId;

/**
 * A message on its way.
 *
 * @param index counts the messages of a run from 0, so that a fault can name this one again
 */
public record Sent(long index, PopId from, PopId to, PeerMessage message) {
  public String kind() {
    return message.getClass().getSimpleName();
  }

  @Override
  public String toString() {
    return "message " + index + ", " + kind() + " from " + from + " to " + to;
  }
}
