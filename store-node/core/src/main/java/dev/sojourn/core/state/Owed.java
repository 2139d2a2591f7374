package dev.sojourn.core.state;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;

/**
 * A granter still to be told that its grant is durable here. It survives every change of state
 * until acknowledged (rule R6).
 *
 * @param digest of the payload as granted, which the confirm echoes (rule R5)
 */
public record Owed(PopId granter, Epoch epoch, Bytes digest) {}
