package dev.sojourn.policy.read;

import dev.sojourn.policy.Otherwise;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.Ruleset;
import dev.sojourn.yaml.YamlProblems;

/** Rules that this release reads and cannot carry out: whoever enforces a policy refuses them. */
public final class SplitsCheck {
  private SplitsCheck() {}

  /** Adds what it finds to the problems. */
  public static void run(Policy policy, YamlProblems problems) {
    for (Ruleset ruleset : policy.namespaces().values()) {
      for (Rule rule : ruleset.rules()) {
        if (rule.otherwise() == Otherwise.REDACT) {
          problems.add(
              rule.span(),
              "rule `" + rule.id() + "` splits sessions, which this release cannot do",
              "say `else: nearest`, `else: remote` or `else: deny`");
        }
      }
    }
  }
}
