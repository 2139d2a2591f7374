package dev.sojourn.sim.terms;

/**
 * What things take, the same for every strategy.
 *
 * @param syncMicros until a write is durable at one POP
 * @param serviceMicros a node's work on one request or message
 * @param loadMicros until a record that is not in memory is read
 * @param jitter by how much messages between POPs are late
 * @param timeoutMillis until a client gives up
 */
public record Timing(
    long syncMicros, long serviceMicros, long loadMicros, Jitter jitter, long timeoutMillis) {}
