/**
 * The shell around the core: shards, event loops and real time. It feeds the core's state machine
 * with events and carries its effects out. Start at {@link dev.sojourn.server.shell.Shard}.
 */
@NullMarked
package dev.sojourn.server.shell;

import org.jspecify.annotations.NullMarked;
