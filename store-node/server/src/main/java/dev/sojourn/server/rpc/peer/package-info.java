/**
 * Messages between POPs: one authenticated stream for each pair of POPs in use. Start at {@link
 * dev.sojourn.server.rpc.peer.PeerNetwork}.
 */
@NullMarked
package dev.sojourn.server.rpc.peer;

import org.jspecify.annotations.NullMarked;
