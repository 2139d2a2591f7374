package dev.sojourn.policy.table;

import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Site;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.yaml.Span;

/**
 * One question to a policy, and the answer that is wanted.
 *
 * @param name for a person; cases that stand for several combinations name theirs
 * @param span where it stands in the file of tests
 */
public record TableCase(
    String name,
    Namespace namespace,
    Country residency,
    DataClass dataClass,
    Site site,
    Expectation expectation,
    Span span) {}
