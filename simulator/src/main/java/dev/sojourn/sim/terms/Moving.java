package dev.sojourn.sim.terms;

import dev.sojourn.core.move.MoveStrategy;
import java.util.Optional;

/**
 * When ours moves a session.
 *
 * @param rule as a namespace's option names it
 * @param cost D: what moving costs more than answering, as a share of the round trip
 * @param boundFactor expected cost over the best schedule's, at worst; empty if there is no bound
 */
public record Moving(
    String rule, double cost, MoveStrategy strategy, Optional<Double> boundFactor) {}
