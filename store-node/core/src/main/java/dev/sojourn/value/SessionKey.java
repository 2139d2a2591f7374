package dev.sojourn.value;

/** What names a session: its namespace and its id within it. */
public record SessionKey(Namespace namespace, SessionId id) {}
