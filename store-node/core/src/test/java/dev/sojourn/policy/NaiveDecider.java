package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import java.util.Objects;

/**
 * The second truth: what the documentation of the policy says, written down once more from the
 * words of the rules, and one rule after the other. It shares nothing with the compiled decider but
 * the policy as read.
 */
final class NaiveDecider {
  private final Policy policy;

  NaiveDecider(Policy policy) {
    this.policy = policy;
  }

  private enum Answer {
    YES,
    NO,
    CANNOT_TELL
  }

  Decision decide(Namespace namespace, Country residency, String dataClass, Site site) {
    boolean isResidencyKnown = Countries.isKnown(residency);
    if (policy.findClass(dataClass).isEmpty()) {
      return Decision.deny(Ground.UNDECLARED_CLASS);
    }
    for (Rule rule : policy.rulesOf(namespace)) {
      if (!rule.classes().isEmpty() && !rule.classes().contains(dataClass)) {
        continue;
      }
      Answer isAsked = asks(rule, residency);
      if (isAsked == Answer.CANNOT_TELL) {
        return Decision.err(Ground.UNKNOWN_RESIDENCY, rule.id());
      }
      if (isAsked == Answer.YES) {
        Answer store = contains(rule.store(), site, residency);
        Answer access = contains(rule.access(), site, residency);
        if (store == Answer.CANNOT_TELL || access == Answer.CANNOT_TELL) {
          boolean isCountry = !Countries.isKnown(site.country());
          return Decision.err(
              isCountry ? Ground.UNKNOWN_COUNTRY : Ground.UNKNOWN_RESIDENCY, rule.id());
        }
        return ruled(rule, store == Answer.YES && access == Answer.YES, access == Answer.YES);
      }
    }
    if (policy.findClass(dataClass).orElseThrow().sensitive()) {
      return Decision.deny(Ground.SILENT_SENSITIVE);
    }
    if (!isResidencyKnown) {
      return Decision.deny(Ground.UNKNOWN_RESIDENCY);
    }
    return Countries.isKnown(site.country())
        ? Decision.open()
        : Decision.deny(Ground.UNKNOWN_COUNTRY);
  }

  private static Decision ruled(Rule rule, boolean stores, boolean sees) {
    Verdict verdict = stores ? Verdict.STORE : Verdict.valueOf(rule.otherwise().name());
    if (verdict == Verdict.REMOTE && !sees) {
      verdict = Verdict.DENY;
    }
    return new Decision(
        verdict,
        sees && verdict != Verdict.DENY,
        Ground.RULE,
        ImmutableList.of(rule.id()),
        ImmutableList.of());
  }

  private Answer asks(Rule rule, Country residency) {
    if (rule.residencies().isEmpty()) {
      return Answer.YES;
    }
    ImmutableList<String> words = texts(rule.residencies().get().words());
    if (!Countries.isKnown(residency)) {
      return words.contains("unknown") ? Answer.YES : Answer.CANNOT_TELL;
    }
    return listsCountry(words, residency) ? Answer.YES : Answer.NO;
  }

  /** Whether some word names the country, and none takes it out. */
  private boolean listsCountry(ImmutableList<String> words, Country country) {
    return words.stream().anyMatch(word -> !isTakenOut(word) && namesCountry(word, country))
        && words.stream().noneMatch(word -> isTakenOut(word) && namesCountry(bare(word), country));
  }

  private boolean namesCountry(String word, Country country) {
    if (policy.groups().containsKey(word)) {
      return listsCountry(wordsOf(word), country);
    }
    return word.equals(country.code())
        || word.equals("anywhere")
        || Countries.GROUPS.containsKey(word)
            && Countries.GROUPS.get(word).countries().contains(country);
  }

  private Answer contains(Places places, Site site, Country residency) {
    Answer in = Answer.NO;
    Answer out = Answer.NO;
    for (String word : texts(places.words())) {
      if (isTakenOut(word)) {
        out = either(out, names(bare(word), site, residency));
      } else {
        in = either(in, names(word, site, residency));
      }
    }
    if (in == Answer.NO || out == Answer.YES) {
      return Answer.NO;
    }
    return in == Answer.YES && out == Answer.NO ? Answer.YES : Answer.CANNOT_TELL;
  }

  private Answer names(String word, Site site, Country residency) {
    if (word.startsWith("label:")) {
      return site.labels().contains(word.substring(6)) ? Answer.YES : Answer.NO;
    }
    if (word.startsWith("pop:")) {
      return site.pop().name().equals(word.substring(4)) ? Answer.YES : Answer.NO;
    }
    boolean isHome = word.equals("home");
    if (policy.groups().containsKey(word) && namesSite(word, site)) {
      return Answer.YES;
    }
    if (Countries.isKnown(site.country())) {
      if (isHome && !Countries.isKnown(residency)) {
        return Answer.CANNOT_TELL;
      }
      boolean isNamed =
          isHome ? site.country().equals(residency) : namesCountry(word, site.country());
      return isNamed ? Answer.YES : Answer.NO;
    }
    boolean asksForCountry =
        isHome || Countries.ALL.asList().stream().anyMatch(each -> namesCountry(word, each));
    return asksForCountry ? Answer.CANNOT_TELL : Answer.NO;
  }

  /** Whether a label or the id of the site stands in the group, or in a group of it. */
  private boolean namesSite(String group, Site site) {
    return wordsOf(group).stream()
        .anyMatch(
            word ->
                policy.groups().containsKey(word)
                    ? namesSite(word, site)
                    : word.contains(":") && names(word, site, Country.UNKNOWN) == Answer.YES);
  }

  private ImmutableList<String> wordsOf(String group) {
    return texts(Objects.requireNonNull(policy.groups().get(group)).words());
  }

  private static Answer either(Answer some, Answer other) {
    if (some == Answer.YES || other == Answer.YES) {
      return Answer.YES;
    }
    return some == Answer.CANNOT_TELL || other == Answer.CANNOT_TELL
        ? Answer.CANNOT_TELL
        : Answer.NO;
  }

  private static boolean isTakenOut(String word) {
    return word.startsWith("not ");
  }

  private static String bare(String word) {
    return word.substring("not ".length()).strip();
  }

  private static ImmutableList<String> texts(ImmutableList<Word> words) {
    return words.stream().map(Word::text).collect(ImmutableList.toImmutableList());
  }
}
