package dev.sojourn.policy;

import com.google.common.collect.ImmutableSet;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;

/**
 * What a policy knows of a POP.
 *
 * @param country whose law holds there; {@link Country#UNKNOWN} if nobody can tell
 */
public record Site(PopId pop, Country country, ImmutableSet<String> labels) {}
