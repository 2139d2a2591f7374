@NullMarked
package dev.sojourn.server.rpc.convert;

import org.jspecify.annotations.NullMarked;
