/**
 * The wire's messages to the core's values and back. Pure functions. What arrives is checked in
 * full before the core sees any of it.
 */
@NullMarked
package dev.sojourn.server.rpc.convert;

import org.jspecify.annotations.NullMarked;
