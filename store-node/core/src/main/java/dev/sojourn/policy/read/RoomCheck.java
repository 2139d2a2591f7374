package dev.sojourn.policy.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import dev.sojourn.policy.ClassSet;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.FirstFit;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.Ruleset;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Whether every session of a namespace has a POP to live at. */
final class RoomCheck {
  private final Policy policy;
  private final Ruleset ruleset;
  private final YamlProblems problems;
  private final NamespacePolicy tables;
  private final ImmutableList<PopId> pops;
  // By rule: the residencies that it decides for and that have a POP, and those that have none.
  private final SetMultimap<Integer, Country> decided = LinkedHashMultimap.create();
  private final SetMultimap<Integer, Country> homeless = LinkedHashMultimap.create();

  RoomCheck(Policy policy, Ruleset ruleset, Sites sites, YamlProblems problems) {
    this.policy = policy;
    this.ruleset = ruleset;
    this.problems = problems;
    this.tables = CompiledPolicy.compile(policy, sites).of(ruleset.namespace());
    this.pops = sites.byPop().keySet().asList();
  }

  void run() {
    SetMultimap<Country, DataClass> housed = LinkedHashMultimap.create();
    for (DataClass dataClass : policy.classes()) {
      FirstFit fit = fit(dataClass);
      for (Country residency : Countries.ALL.asList()) {
        boolean hasRoom =
            pops.stream().anyMatch(pop -> tables.decide(residency, dataClass, pop).mayStore());
        OptionalInt index = fit.ruleFor(residency);
        if (index.isPresent()) {
          (hasRoom ? decided : homeless).put(index.getAsInt(), residency);
        }
        if (hasRoom) {
          housed.put(residency, dataClass);
        }
      }
    }
    homeless.keySet().forEach(this::tellHomeless);
    tellApart(housed);
  }

  private FirstFit fit(DataClass dataClass) {
    FirstFit fit = new FirstFit();
    for (int i = 0; i < ruleset.rules().size(); i++) {
      if (ruleset.rules().get(i).speaksOf(dataClass.name())) {
        fit.take(i, ruleset.rules().get(i), new BitSet());
      }
    }
    return fit;
  }

  private void tellHomeless(int index) {
    Rule rule = ruleset.rules().get(index);
    String message =
        "rule `"
            + rule.id()
            + "` leaves sessions with nowhere to live: no POP is in `"
            + rule.store()
            + "`";
    if (decided.containsKey(index)) {
      problems.warn(
          rule.store().words().get(0).span(),
          message + " for residency " + Shown.of(homeless.get(index)),
          "add a POP there, or let another rule decide for them");
    } else {
      problems.add(
          rule.store().words().get(0).span(), message, "add a POP there, or widen `store`");
    }
  }

  /** Classes of which each has a POP, and together they have none. */
  private void tellApart(SetMultimap<Country, DataClass> housed) {
    SetMultimap<String, Country> apart = LinkedHashMultimap.create();
    for (Country residency : housed.keySet()) {
      ClassSet all = ClassSet.NONE;
      for (DataClass each : housed.get(residency)) {
        all = all.plus(each);
      }
      if (tables.nearest(residency, all, pops).isEmpty()) {
        apart.put(names(residency, housed.get(residency)), residency);
      }
    }
    for (String names : apart.keySet()) {
      problems.warn(
          ruleset.span(),
          "sessions of `"
              + ruleset.namespace()
              + "` with "
              + names
              + " have no POP in common, for residency "
              + Shown.of(apart.get(names)),
          "write `else: redact` where a class may stay behind, or let one of them be stored where"
              + " the other is");
    }
  }

  /** The first pair that is apart, or all of them, if only three or more together are. */
  private String names(Country residency, Set<DataClass> classes) {
    List<DataClass> list = new ArrayList<>(classes);
    for (int i = 0; i < list.size(); i++) {
      for (int j = 0; j < i; j++) {
        ClassSet pair = ClassSet.of(list.get(j), list.get(i));
        if (tables.nearest(residency, pair, pops).isEmpty()) {
          return "`" + list.get(j).name() + "` and `" + list.get(i).name() + "`";
        }
      }
    }
    return "fields of all classes";
  }
}
