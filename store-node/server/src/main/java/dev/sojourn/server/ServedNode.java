package dev.sojourn.server;

import dev.sojourn.server.ops.NodeMetrics;
import dev.sojourn.server.ops.NodeStatus;
import dev.sojourn.server.ops.Phase;
import dev.sojourn.server.rpc.session.SessionServiceEndpoint;
import java.util.function.Supplier;

/**
 * What a node gives its gateway. Thread-safe.
 *
 * @param sessions the very service that the port for clients serves; unary calls by any thread
 * @param phase how far the node is; never blocks
 * @param status may block for a second, so not for an event loop
 */
public record ServedNode(
    SessionServiceEndpoint sessions,
    Supplier<Phase> phase,
    Supplier<NodeStatus> status,
    NodeMetrics metrics) {}
