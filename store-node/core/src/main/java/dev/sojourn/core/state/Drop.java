package dev.sojourn.core.state;

import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;

/**
 * A custodian still to be told that nothing of a part is needed any more. It survives every change
 * of state until acknowledged, and so keeps its record (rules R6 and R23).
 *
 * @param epoch of the owner that ended the session, or joined its parts
 */
public record Drop(PopId custodian, Epoch epoch) {}
