package dev.sojourn.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.report.Diff;
import dev.sojourn.policy.report.Diff.Changed;
import dev.sojourn.policy.report.Diff.Direction;
import dev.sojourn.policy.report.Explainer;
import dev.sojourn.policy.report.Explanation;
import dev.sojourn.policy.report.Explanation.Change;
import dev.sojourn.policy.report.Matrix;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What reports say against what is decided, on policies drawn from seeds. */
class ReportsTest {
  private static final int SEEDS = 60;
  private static final Namespace SHOP = new Namespace("shop");
  private static final ImmutableList<Country> RESIDENCIES =
      ImmutableList.of(
          new Country("US"),
          new Country("DE"),
          new Country("NO"),
          new Country("CN"),
          new Country("IN"),
          Country.UNKNOWN);

  @Test
  void shouldTellEveryDecisionOnceInTheMatrix() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Case drawn = Case.ofSeed(seed);
      Policy policy = RandomPolicies.read(drawn.policy()).orElseThrow();
      NamespacePolicy tables = CompiledPolicy.compile(policy, drawn.sites()).of(SHOP);
      Matrix matrix = Matrix.of(policy, SHOP, RESIDENCIES, drawn.sites());
      for (Matrix.Sheet sheet : matrix.sheets()) {
        int told = 0;
        for (Matrix.Line line : sheet.lines()) {
          for (Country residency : line.residencies()) {
            for (int i = 0; i < sheet.columns().size(); i++) {
              for (PopId pop : sheet.columns().get(i)) {
                assertThat(line.cells().get(i))
                    .as("seed %d", seed)
                    .isEqualTo(tables.decide(residency, sheet.dataClass(), pop));
                told++;
              }
            }
          }
        }
        assertThat(told).isEqualTo(RESIDENCIES.size() * drawn.sites().byPop().size());
      }
    }
  }

  @Test
  void shouldTellExactlyTheDecisionsThatDiffer() {
    Set<Direction> met = EnumSet.noneOf(Direction.class);
    for (long seed = 1; seed <= SEEDS; seed++) {
      Case drawn = Case.ofSeed(seed);
      Policy before = RandomPolicies.read(drawn.policy()).orElseThrow();
      Policy after =
          RandomPolicies.read(
                  Case.ofSeed(seed + 1)
                      .policy()
                      .replace("[name, user.*]", "[name, u*, \"my*.iban\"]"))
              .orElseThrow();
      Diff diff = Diff.between(before, after, drawn.sites());
      diff.changes().forEach(change -> met.add(change.direction()));
      NamespacePolicy older = CompiledPolicy.compile(before, drawn.sites()).of(SHOP);
      NamespacePolicy newer = CompiledPolicy.compile(after, drawn.sites()).of(SHOP);
      for (String field :
          List.of("name", "user.x", "useless", "user.iban", "my.iban", "card", "colour")) {
        for (String label : List.of("", "identity", "payment", "cart")) {
          if (!label.isEmpty() && !field.equals("colour")) {
            continue;
          }
          for (Country residency : RESIDENCIES) {
            for (PopId pop : drawn.sites().byPop().keySet()) {
              DataClass old = older.classOf(field, label);
              DataClass now = newer.classOf(field, label);
              Decision was = older.decide(residency, old, pop);
              Decision is = newer.decide(residency, now, pop);
              List<Changed> found =
                  diff.changes().stream()
                      .filter(
                          change ->
                              change.namespace().equals(SHOP)
                                  && change.fields().before().equals(old)
                                  && change.fields().after().equals(now)
                                  && change.residencies().contains(residency)
                                  && change.pops().contains(pop))
                      .toList();
              String where = "seed " + seed + ": " + field + " " + label + residency + " " + pop;
              assertThat(found).as(where).hasSize(was.allowsAsMuchAs(is) ? 0 : 1);
              for (Changed change : found) {
                assertThat(change.before()).as(where).isEqualTo(was);
                assertThat(change.after()).as(where).isEqualTo(is);
              }
              boolean isWider =
                  (is.mayStore() && !was.mayStore()) || (is.mayAccess() && !was.mayAccess());
              assertThat(isWider && !diff.isWidened()).as(where).isFalse();
            }
          }
        }
      }
      assertThat(Diff.between(before, before, drawn.sites()).changes()).isEmpty();
    }
    assertThat(met).containsExactlyInAnyOrder(Direction.values());
  }

  @Test
  void shouldExplainEachDecisionByItsRuleAndTellChangesThatAreSo() {
    Set<Explanation.What> met = EnumSet.noneOf(Explanation.What.class);
    Set<Explanation.Reason> reasons = EnumSet.noneOf(Explanation.Reason.class);
    for (long seed = 1; seed <= SEEDS; seed++) {
      Case drawn = Case.ofSeed(seed);
      Policy policy = RandomPolicies.read(drawn.policy()).orElseThrow();
      NamespacePolicy tables = CompiledPolicy.compile(policy, drawn.sites()).of(SHOP);
      Explainer explainer = new Explainer(policy, drawn.sites());
      for (Country residency : RESIDENCIES) {
        for (DataClass dataClass : tables.classes()) {
          for (Site site : drawn.sites().byPop().values()) {
            Explanation explained = explainer.explain(SHOP, residency, dataClass, site);
            Decision decision = tables.decide(residency, dataClass, site.pop());
            assertThat(explained.decision()).isEqualTo(decision);
            assertThat(explained.rule().isPresent())
                .isEqualTo(!decision.deciding().isEmpty() || !decision.erring().isEmpty());
            int rules = policy.rulesOf(SHOP).size();
            assertThat(explained.lost()).hasSize(explained.rule().isPresent() ? rules - 1 : rules);
            explained.lost().forEach(lost -> reasons.add(lost.reason()));
            for (Change change : explained.changes()) {
              met.add(change.what());
              assertThat(change.decision().allowsAsMuchAs(decision)).as("seed " + seed).isFalse();
              checkOne(change, tables, residency, dataClass, site, "seed " + seed);
            }
          }
        }
      }
    }
    assertThat(met).containsExactlyInAnyOrder(Explanation.What.values());
    assertThat(reasons).containsExactlyInAnyOrder(Explanation.Reason.values());
  }

  private static void checkOne(
      Change change,
      NamespacePolicy tables,
      Country residency,
      DataClass dataClass,
      Site site,
      String where) {
    for (String to : change.to()) {
      Decision told = change.decision();
      switch (change.what()) {
        case POP ->
            assertThat(tables.decide(residency, dataClass, new PopId(to)))
                .as(where)
                .isEqualTo(told);
        case RESIDENCY ->
            assertThat(tables.decide(new Country(to), dataClass, site.pop()))
                .as(where)
                .isEqualTo(told);
        case CLASS ->
            assertThat(
                    tables.classes().stream()
                        .filter(each -> each.name().equals(to))
                        .map(each -> tables.decide(residency, each, site.pop())))
                .as(where)
                .containsExactly(told);
        case WITHOUT_RULE -> assertThat(told.deciding()).as(where).doesNotContain(new RuleId(to));
        case WIDER_STORE -> assertThat(to).as(where).isEqualTo(site.country().code());
      }
    }
  }
}
