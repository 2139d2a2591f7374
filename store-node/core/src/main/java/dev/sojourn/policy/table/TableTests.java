package dev.sojourn.policy.table;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.Ruleset;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Namespace;

/**
 * What came of the cases of one policy.
 *
 * @param results in the file's order
 * @param coverage of each rule, in the policy's order
 */
public record TableTests(ImmutableList<Result> results, ImmutableList<Coverage> coverage) {

  /**
   * What came of one case.
   *
   * @param misses where the decision is not what is expected
   */
  public record Result(TableCase asked, Decision decision, ImmutableList<String> misses) {
    public boolean isPassed() {
      return misses.isEmpty();
    }
  }

  /**
   * How far cases have tried a rule.
   *
   * @param stored cases that it let store
   * @param elsewhere cases that it did not
   */
  public record Coverage(Namespace namespace, Rule rule, int stored, int elsewhere) {
    /** Whether it was seen to allow storing, and seen not to. */
    public boolean isFull() {
      return stored > 0 && elsewhere > 0;
    }
  }

  private record Use(Namespace namespace, String rule, boolean isStored) {}

  /** Asks the policy every case. */
  public static TableTests run(Policy policy, ImmutableList<TableCase> cases) {
    CompiledPolicy compiled =
        CompiledPolicy.compile(
            policy, Sites.of(cases.stream().map(TableCase::site).distinct().toList()));
    ImmutableList.Builder<Result> results = ImmutableList.builder();
    Multiset<Use> uses = HashMultiset.create();
    for (TableCase each : cases) {
      Decision decision =
          compiled
              .of(each.namespace())
              .decide(each.residency(), each.dataClass(), each.site().pop());
      results.add(new Result(each, decision, each.expectation().misses(decision)));
      uses.add(new Use(each.namespace(), Expectation.ruleOf(decision), decision.mayStore()));
    }
    return new TableTests(results.build(), coverage(policy, uses));
  }

  public boolean isPassed() {
    return results.stream().allMatch(Result::isPassed);
  }

  private static ImmutableList<Coverage> coverage(Policy policy, Multiset<Use> uses) {
    ImmutableList.Builder<Coverage> coverage = ImmutableList.builder();
    for (Ruleset ruleset : policy.namespaces().values()) {
      for (Rule rule : ruleset.rules()) {
        Namespace namespace = ruleset.namespace();
        coverage.add(
            new Coverage(
                namespace,
                rule,
                uses.count(new Use(namespace, rule.id().name(), true)),
                uses.count(new Use(namespace, rule.id().name(), false))));
      }
    }
    return coverage.build();
  }
}
