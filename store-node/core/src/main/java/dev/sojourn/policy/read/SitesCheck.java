package dev.sojourn.policy.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.Group;
import dev.sojourn.policy.PlaceSet;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.Ruleset;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.Word;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.Suggestion;
import dev.sojourn.yaml.YamlProblems;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy that is sound in itself comes to at the POPs of one topology: words that nobody
 * answers to, rules that no POP can satisfy, and sessions that would have nowhere to live.
 */
public final class SitesCheck {
  private final Policy policy;
  private final Sites sites;
  private final YamlProblems problems;

  public SitesCheck(Policy policy, Sites sites, YamlProblems problems) {
    this.policy = policy;
    this.sites = sites;
    this.problems = problems;
  }

  /** Adds what it finds to the problems and warnings. */
  public void run() {
    Set<Word> words = new LinkedHashSet<>();
    for (Group group : policy.groups().values()) {
      words.addAll(group.words());
    }
    for (Ruleset ruleset : policy.namespaces().values()) {
      for (Rule rule : ruleset.rules()) {
        Iterables.addAll(words, Iterables.concat(rule.store().words(), rule.access().words()));
        checkAccess(rule);
      }
      new RoomCheck(policy, ruleset, sites, problems).run();
    }
    words.forEach(this::checkWord);
  }

  private void checkWord(Word word) {
    String text = word.text().startsWith("not ") ? word.text().substring(4).strip() : word.text();
    String name = text.substring(text.indexOf(':') + 1).strip();
    if (text.startsWith("label:") && !sites.labels().contains(name)) {
      warnOfNobody(word, "no POP has the label `" + name + "`", "label:", name, sites.labels());
    } else if (text.startsWith("pop:") && sites.find(new PopId(name)).isEmpty()) {
      Iterable<String> names = Iterables.transform(sites.byPop().keySet(), PopId::name);
      warnOfNobody(word, "the topology has no POP `" + name + "`", "pop:", name, names);
    } else if (isGroupWithoutSite(text)) {
      problems.warn(
          word.span(),
          "no POP of the topology is in `" + text + "`",
          "leave it out, or add a POP there");
    }
  }

  private void warnOfNobody(
      Word word, String message, String prefix, String name, Iterable<String> candidates) {
    problems.warn(
        word.span(),
        message,
        Suggestion.nearest(name, candidates)
            .map(near -> "did you mean `" + prefix + near + "`?")
            .orElse("leave it out, or add it to the topology"));
  }

  /** A country may well have no POP yet; a group that none is in is worth a look. */
  private boolean isGroupWithoutSite(String name) {
    Optional<PlaceSet> group =
        Optional.ofNullable(policy.groups().get(name))
            .map(Group::places)
            .or(
                () ->
                    Optional.ofNullable(Countries.GROUPS.get(name))
                        .map(each -> PlaceSet.ofCountries(each.countries())));
    return group.isPresent()
        && sites.byPop().values().stream()
            .noneMatch(site -> group.get().contains(site, Country.UNKNOWN).orElse(false));
  }

  private void checkAccess(Rule rule) {
    ImmutableList<PopId> unseen =
        sites.byPop().values().stream()
            .filter(site -> isStoredUnseen(rule, site))
            .map(Site::pop)
            .collect(ImmutableList.toImmutableList());
    if (!unseen.isEmpty()) {
      problems.add(
          rule.store().words().get(0).span(),
          "rule `" + rule.id() + "` stores at " + Shown.of(unseen) + ", where it gives no access",
          "data is seen where it is stored: add it to `access`, or leave `access` out");
    }
  }

  private static boolean isStoredUnseen(Rule rule, Site site) {
    return rule.representatives(site.country()).stream()
        .anyMatch(
            residency ->
                rule.store().contains(site, residency).orElse(false)
                    && !rule.access().contains(site, residency).orElse(true));
  }
}
