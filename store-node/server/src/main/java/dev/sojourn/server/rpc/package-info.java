/** gRPC in and out: the only place, beside storage, that knows both the wire and the core. */
@NullMarked
package dev.sojourn.server.rpc;

import org.jspecify.annotations.NullMarked;
