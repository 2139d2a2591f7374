/**
 * What a policy comes to, as data: why a decision is what it is, all decisions in a matrix, and
 * what a newer policy decides otherwise.
 */
@NullMarked
package dev.sojourn.policy.report;

import org.jspecify.annotations.NullMarked;
