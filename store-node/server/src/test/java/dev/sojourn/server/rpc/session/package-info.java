@NullMarked
package dev.sojourn.server.rpc.session;

import org.jspecify.annotations.NullMarked;
