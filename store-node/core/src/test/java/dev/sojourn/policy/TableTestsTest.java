package dev.sojourn.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.table.TableCase;
import dev.sojourn.policy.table.TableReader;
import dev.sojourn.policy.table.TableTests;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTestsTest {
  private static final String POLICY =
      """
      version: 1
      classes:
        identity: {sensitive: true, fields: [name, "user.*"]}
      namespaces:
        shop:
          rules:
            - id: europeans
              why: w
              when: {residency: eea, class: identity}
              store: [eea, "label:trusted"]
              access: [anywhere, "label:trusted"]
              else: nearest
            - id: others
              why: w
              when: {class: identity}
              store: home
      """;

  private final Policy policy = RandomPolicies.read(POLICY).orElseThrow();
  private final YamlProblems problems = YamlProblems.of("policy_test.yaml");

  @Test
  void shouldAskEachCombinationOfResidenciesAndPops() {
    TableTests tests =
        run(
            """
            pops:
              - {id: de, country: US, labels: trusted}
              - {id: odd, country: unknown}
            cases:
              - namespace: shop
                residency: [DE, NO]
                field: user.mail
                pop: [DE, de]
                expect: {store: yes, access: yes, rule: europeans}
              - {namespace: shop, residency: FR, class: identity, pop: odd, expect: {else: deny}}
              - {namespace: shop, residency: US, label: odd, pop: US, expect: {rule: none}}
            """);
    assertThat(tests.isPassed()).isTrue();
    assertThat(tests.results()).hasSize(6);
    assertThat(tests.results().get(0).asked().name()).isEqualTo("shop, DE, identity at dex");
    assertThat(tests.coverage())
        .extracting(
            each -> each.rule().id().name(), each -> each.stored(), each -> each.elsewhere())
        .containsExactly(tuple("europeans", 4, 1), tuple("others", 0, 0));
  }

  @Test
  void shouldSayWhereADecisionIsNotWhatIsWanted() {
    TableTests tests =
        run(
            """
            cases:
              - name: wrong in all
                namespace: shop
                residency: DE
                class: identity
                pop: JP
                expect: {store: yes, access: no, else: remote, rule: others}
              - {namespace: shop, residency: DE, class: identity, pop: FR, expect: {else: deny}}
            """);
    assertThat(tests.isPassed()).isFalse();
    assertThat(tests.results().get(0).misses())
        .containsExactly(
            "store: wanted `yes`, is `no`",
            "access: wanted `no`, is `yes`",
            "else: wanted `remote`, is `nearest`",
            "rule: wanted `others`, is `europeans`");
    assertThat(tests.results().get(1).misses()).containsExactly("else: wanted `deny`, is `stored`");
  }

  @Test
  void shouldTellEachMistakeInAFileOfTests() {
    Optional<ImmutableList<TableCase>> cases =
        read(
            """
            pops: [{id: fra, country: UK}]
            casses: 1
            cases:
              - {namespace: shop, residency: DE, class: identiy, pop: osl, expect: {stor: yes}}
              - {namespace: shopp, residency: XX, class: identity, field: name, pop: fra, expect: {}}
              - {namespace: shop, residency: DE, class: identity, pop: DE, expect: {rule: euro}}
            """);
    assertThat(cases).isEmpty();
    assertThat(problems.all())
        .extracting(YamlProblem::message)
        .containsExactly(
            "key `country`: `UK` is not in ISO 3166-1; what nobody knows is `unknown`",
            "unknown key `casses`",
            "unknown class `identiy`",
            "unknown POP `osl`",
            "nothing is expected",
            "unknown key `stor`",
            "which data is meant?",
            "key `residency`: `XX` is not in ISO 3166-1; what nobody knows is `unknown`",
            "unknown POP `fra`",
            "nothing is expected",
            "unknown rule `euro`");
    assertThat(problems.warnings())
        .extracting(YamlProblem::message)
        .containsExactly("warning: the policy does not name namespace `shopp`");
  }

  @Test
  void shouldTakePopsOfATopology() {
    Sites topology =
        Sites.of(
            ImmutableList.of(new Site(new PopId("osl"), new Country("NO"), ImmutableSet.of())));
    String text =
        "cases: [{namespace: shop, residency: NO, class: identity, pop: osl, expect: {store: yes}}]";
    assertThat(TableReader.read(text.getBytes(UTF_8), policy, topology, problems)).isPresent();
  }

  private TableTests run(String text) {
    Optional<ImmutableList<TableCase>> cases = read(text);
    assertThat(problems.all()).isEmpty();
    return TableTests.run(policy, cases.orElseThrow());
  }

  private Optional<ImmutableList<TableCase>> read(String text) {
    return TableReader.read(text.getBytes(UTF_8), policy, Sites.of(ImmutableList.of()), problems);
  }
}
