package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What came of one run.
 *
 * @param failure what must not be, in one line
 * @param fingerprint stands for all that happened; 0 where the run was not traced
 * @param requests how often clients called
 * @param strikes what struck, to be played again
 * @param trace a line for each thing that happened; none where the run was not traced
 */
public record Verdict(
    long seed,
    Optional<String> failure,
    long fingerprint,
    long requests,
    Coverage coverage,
    ImmutableList<Strike> strikes,
    ImmutableList<String> trace) {}
