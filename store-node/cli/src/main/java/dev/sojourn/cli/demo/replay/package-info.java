/** Replaying journeys through the SDK, and checking what came of them. */
@NullMarked
package dev.sojourn.cli.demo.replay;

import org.jspecify.annotations.NullMarked;
