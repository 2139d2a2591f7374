package dev.sojourn.server.rpc.peer;

/**
 * What the network of one POP has seen since its start.
 *
 * @param links streams that are up now
 * @param sent messages put on a stream
 * @param received messages handed to the listener
 * @param droppedUnsent messages that were waiting when their stream broke, or that met a full queue
 * @param droppedRepeated messages that had arrived before
 * @param unknownKinds messages of a kind that only a newer release knows; ignored
 * @param malformed streams closed because of a message that breaks the rules of the wire
 * @param refused streams refused because the other end could not prove that it is who it said, or
 *     is not, or no longer, in the topology
 */
public record PeerCounters(
    long links,
    long sent,
    long received,
    long droppedUnsent,
    long droppedRepeated,
    long unknownKinds,
    long malformed,
    long refused) {}
