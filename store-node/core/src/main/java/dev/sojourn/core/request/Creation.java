package dev.sojourn.core.request;

import dev.sojourn.value.Country;

/**
 * What a request without a hint says of the session that its first write creates.
 *
 * @param idleMillis 0 for the namespace's default
 * @param absoluteMillis 0 for the namespace's default
 * @param label free text of the application, at most 64 characters; may be empty
 */
public record Creation(Country residency, long idleMillis, long absoluteMillis, String label) {}
