package dev.sojourn.policy.table;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.Verdict;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is expected of a decision; what is absent may be anything.
 *
 * @param rule the id of the rule that decides, or that cannot be judged; {@code none}: no rule
 */
public record Expectation(
    Optional<Boolean> store,
    Optional<Boolean> access,
    Optional<Verdict> otherwise,
    Optional<String> rule) {
  /** In place of a rule: none speaks of it. */
  public static final String NO_RULE = "none";

  /** Where {@code decision} is not what is expected, in a person's words; none if it is. */
  public ImmutableList<String> misses(Decision decision) {
    ImmutableList.Builder<String> misses = ImmutableList.builder();
    store
        .filter(wanted -> wanted != decision.mayStore())
        .ifPresent(wanted -> misses.add(miss("store", word(wanted), word(decision.mayStore()))));
    access
        .filter(wanted -> wanted != decision.mayAccess())
        .ifPresent(wanted -> misses.add(miss("access", word(wanted), word(decision.mayAccess()))));
    otherwise
        .filter(wanted -> wanted != decision.verdict())
        .ifPresent(
            wanted ->
                misses.add(
                    miss(
                        "else",
                        wanted.word(),
                        decision.mayStore() ? "stored" : decision.verdict().word())));
    String ruled = ruleOf(decision);
    rule.filter(wanted -> !wanted.equals(ruled))
        .ifPresent(wanted -> misses.add(miss("rule", wanted, ruled)));
    return misses.build();
  }

  /** The rule that decides, or that cannot be judged, or {@code none}. */
  static String ruleOf(Decision decision) {
    String rules =
        Stream.concat(decision.deciding().stream(), decision.erring().stream())
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return rules.isEmpty() ? NO_RULE : rules;
  }

  private static String miss(String what, String wanted, String is) {
    return what + ": wanted `" + wanted + "`, is `" + is + "`";
  }

  private static String word(boolean yes) {
    return yes ? "yes" : "no";
  }
}
