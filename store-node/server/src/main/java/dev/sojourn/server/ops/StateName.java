package dev.sojourn.server.ops;

import dev.sojourn.core.state.SessionState;
import java.util.Locale;

/** The states of a session as an operator names them. */
enum StateName {
  ABSENT,
  OWNED,
  GRANTED,
  DECLINED,
  FORWARD,
  TOMBSTONE,
  SUSPECT;

  static StateName of(SessionState state) {
    if (state instanceof SessionState.Owned) {
      return OWNED;
    } else if (state instanceof SessionState.Granted) {
      return GRANTED;
    } else if (state instanceof SessionState.Declined) {
      return DECLINED;
    } else if (state instanceof SessionState.Forward) {
      return FORWARD;
    } else if (state instanceof SessionState.Tombstone) {
      return TOMBSTONE;
    } else if (state instanceof SessionState.Suspect) {
      return SUSPECT;
    }
    return ABSENT;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
