package dev.sojourn.sim.world;

import dev.sojourn.core.event.Event;
import dev.sojourn.value.KeyHash;
import java.util.Optional;

/** What an event is about. */
final class Events {
  private Events() {}

  /** The session that the event is about, if it is about one. */
  static Optional<KeyHash> keyOf(Event event) {
    if (event instanceof Event.ExecuteRequested requested) {
      return Optional.of(requested.key());
    } else if (event instanceof Event.MessageReceived received) {
      return Optional.of(received.key());
    } else if (event instanceof Event.RecordLoaded loaded) {
      return Optional.of(loaded.key());
    } else if (event instanceof Event.LoadFailed failed) {
      return Optional.of(failed.key());
    } else if (event instanceof Event.RecordDue due) {
      return Optional.of(due.key());
    } else if (event instanceof Event.HomeForgot forgot) {
      return Optional.of(forgot.key());
    }
    return Optional.empty();
  }
}
