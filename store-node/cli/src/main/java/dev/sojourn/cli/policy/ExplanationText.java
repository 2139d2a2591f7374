package dev.sojourn.cli.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.report.Explanation;
import dev.sojourn.policy.report.Explanation.Change;
import dev.sojourn.policy.report.Explanation.Lost;
import dev.sojourn.value.Country;
import java.util.ArrayList;
import java.util.List;

/** An explanation, for a person to read. */
final class ExplanationText {
  private final String file;
  private final Explanation explanation;
  private final String which;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param which the field that was asked for, to be told behind its class; empty if a class was
   */
  ExplanationText(String file, Explanation explanation, String which) {
    this.file = file;
    this.explanation = explanation;
    this.which = which;
  }

  ImmutableList<String> lines() {
    lines.add(
        "namespace "
            + explanation.namespace()
            + ", residency "
            + name(explanation.residency())
            + ", class "
            + explanation.dataClass().name()
            + which
            + ", POP "
            + site(explanation.site()));
    lines.add("decision: " + Words.of(explanation.decision()) + meaning());
    if (explanation.rule().isPresent()) {
      rule(explanation.rule().get());
    } else {
      lines.add("  no rule decides: " + explanation.decision().ground().sentence());
    }
    lost();
    changes();
    return ImmutableList.copyOf(lines);
  }

  private String meaning() {
    boolean isSeen = explanation.decision().mayAccess();
    return switch (explanation.decision().verdict()) {
      case STORE -> ": it may rest there, and follows its user";
      case REDACT -> ": it stays behind, the rest of the session may follow";
      case NEAREST -> ": the session goes to the nearest POP that is lawful" + seen(isSeen);
      case REMOTE -> ": the session stays where it is" + seen(isSeen);
      case DENY -> ": it is neither stored nor seen there";
    };
  }

  private static String seen(boolean isSeen) {
    return isSeen ? "; it is seen from here" : "; it is not seen from here";
  }

  private void rule(Rule rule) {
    boolean isJudged = explanation.decision().erring().isEmpty();
    lines.add(
        "  rule "
            + rule.id()
            + " ("
            + file
            + ":"
            + rule.span().line()
            + (isJudged
                ? ")"
                : ") cannot be judged: " + explanation.decision().ground().sentence()));
    lines.add("  why: " + rule.why());
    lines.add(
        "  store: "
            + rule.store()
            + "; access: "
            + rule.access()
            + "; else: "
            + rule.otherwise().word());
  }

  private void lost() {
    if (explanation.lost().isEmpty()) {
      return;
    }
    lines.add("rules that do not decide:");
    for (Lost lost : explanation.lost()) {
      lines.add(
          "  "
              + lost.rule()
              + ": "
              + switch (lost.reason()) {
                case OTHER_CLASS -> "is about class " + lost.asks();
                case OTHER_RESIDENCY -> "is about residency " + lost.asks();
                case TOO_LATE -> "fits too, and stands below";
              });
    }
  }

  private void changes() {
    lines.add(
        explanation.changes().isEmpty()
            ? "nothing that a single change could give would change it"
            : "what would change it:");
    for (Change change : explanation.changes()) {
      lines.add("  " + Words.of(change.decision()) + ": " + what(change) + because(change));
    }
  }

  private static String what(Change change) {
    return switch (change.what()) {
      case POP -> "at POP " + Words.list(change.to());
      case RESIDENCY ->
          "residency " + Words.countries(change.to().stream().map(Country::new).toList());
      case CLASS -> "class " + Words.list(change.to());
      case WITHOUT_RULE -> "without rule " + change.to().get(0);
      case WIDER_STORE -> "with " + change.to().get(0) + " in the rule's `store` and `access`";
    };
  }

  private String because(Change change) {
    String ground = Words.ground(change.decision());
    return ground.equals(Words.ground(explanation.decision())) ? "" : " (" + ground + ")";
  }

  private static String name(Country country) {
    return Countries.isKnown(country)
        ? country + " (" + Countries.nameOf(country) + ")"
        : "unknown";
  }

  private static String site(Site site) {
    String country = Countries.isKnown(site.country()) ? site.country().code() : "unknown country";
    String labels = site.labels().isEmpty() ? "" : ", label " + String.join(", ", site.labels());
    return site.pop() + " (" + country + labels + ")";
  }
}
