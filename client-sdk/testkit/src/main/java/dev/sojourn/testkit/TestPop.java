package dev.sojourn.testkit;

/**
 * A POP of the kit.
 *
 * @param id 1 to 12 characters of {@code a-z 0-9 -}, starting with a letter
 * @param country ISO 3166-1, two capitals
 * @param latitude degrees north; a policy's {@code nearest} goes by it
 * @param longitude degrees east
 */
record TestPop(String id, String country, double latitude, double longitude) {}
