package dev.sojourn.policy.report;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.RuleId;
import dev.sojourn.policy.Site;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import java.util.Optional;

/**
 * Why a decision is what it is.
 *
 * @param rule the one that decides, or that cannot be judged and therefore denies
 * @param lost the others, in the file's order
 * @param changes what would give another decision
 */
public record Explanation(
    Namespace namespace,
    Country residency,
    DataClass dataClass,
    Site site,
    Decision decision,
    Optional<Rule> rule,
    ImmutableList<Lost> lost,
    ImmutableList<Change> changes) {

  /** Why a rule did not decide. */
  public enum Reason {
    /** It asks for other classes. */
    OTHER_CLASS,
    /** It asks for other residencies. */
    OTHER_RESIDENCY,
    /** It fits, and one above it does too. */
    TOO_LATE
  }

  /**
   * A rule that did not decide.
   *
   * @param asks what it asks for, where that is the reason, as the file writes it
   */
  public record Lost(RuleId rule, Reason reason, String asks) {}

  /** What would have to be different. */
  public enum What {
    POP,
    RESIDENCY,
    CLASS,
    /** The rule that decides would have to be gone. */
    WITHOUT_RULE,
    /** Its {@code store} would have to name the POP's country as well. */
    WIDER_STORE
  }

  /**
   * Another decision, and what leads to it.
   *
   * @param to the POPs, residencies, classes, rule or country
   */
  public record Change(What what, ImmutableList<String> to, Decision decision) {}
}
