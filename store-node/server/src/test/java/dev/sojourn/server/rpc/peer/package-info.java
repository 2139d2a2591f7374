@NullMarked
package dev.sojourn.server.rpc.peer;

import org.jspecify.annotations.NullMarked;
