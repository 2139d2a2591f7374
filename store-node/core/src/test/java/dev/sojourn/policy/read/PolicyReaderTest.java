package dev.sojourn.policy.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.Iterables;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Otherwise;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {
  private static final Namespace SHOP = new Namespace("shop");
  private static final String GOOD =
      """
      version: 1.10
      groups:
        nordic: [DK, FI, IS, NO, SE]
        eu: [DE, FR]
        west: [nordic, "label:west", not NO]
      classes:
        identity: {sensitive: true, fields: [name, "user.*"]}
        cart: {fields: cart}
      namespaces:
        shop:
          grace: 2h
          rules:
            - id: first
              why: >
                a duty that takes
                two lines
              when: {residency: [eea, unknown], class: identity}
              store: [home, west]
              access: [anywhere, home, west]
              else: nearest
            - id: second
              why: another
              store: eu
      """;

  private final YamlProblems problems = YamlProblems.of("policy.yaml");

  @Test
  void shouldReadWhatStandsThere() {
    Policy policy = read(GOOD).orElseThrow();
    assertThat(policy.version()).isEqualTo("1.10");
    assertThat(policy.classes())
        .extracting(DataClass::name, DataClass::position, DataClass::sensitive)
        .containsExactly(
            tuple("identity", 0, true), tuple("cart", 1, false), tuple("default", 2, false));
    Rule first = policy.rulesOf(SHOP).get(0);
    assertThat(first.why()).isEqualTo("a duty that takes two lines");
    assertThat(first.otherwise()).isEqualTo(Otherwise.NEAREST);
    assertThat(first.span().line()).isEqualTo(13);
    assertThat(first.store().included().home()).isTrue();
    assertThat(first.store().included().countries()).hasToString("DK, FI, IS, SE");
    assertThat(first.residencies().orElseThrow().unknown()).isTrue();
    assertThat(first.residencies().orElseThrow().contains(new Country("NO"))).isTrue();
  }

  @Test
  void shouldTakeWhatIsLeftOutForItsDefault() {
    Policy policy = read(GOOD).orElseThrow();
    Rule second = policy.rulesOf(SHOP).get(1);
    assertThat(second.residencies()).isEmpty();
    assertThat(second.classes()).isEmpty();
    assertThat(second.access()).isEqualTo(second.store());
    assertThat(second.otherwise()).isEqualTo(Otherwise.DENY);
    assertThat(policy.rulesOf(new Namespace("other"))).isEmpty();
  }

  @Test
  void shouldLetAFileDefineABuiltInGroupAnew() {
    Policy policy = read(GOOD).orElseThrow();
    assertThat(policy.rulesOf(SHOP).get(1).store().included().countries()).hasToString("DE, FR");
    assertThat(builtIn("eu").countries().size()).isEqualTo(34);
  }

  @Test
  void shouldKnowTheGroupsThatAreBuiltIn() {
    assertThat(Countries.GROUPS.keySet())
        .containsExactly(
            "eu",
            "eea",
            "adequate",
            "adequate-partly",
            "africa",
            "antarctica",
            "asia",
            "europe",
            "north-america",
            "oceania",
            "south-america");
    assertThat(builtIn("eea").countries().asList())
        .contains(new Country("NO"), new Country("IS"), new Country("LI"), new Country("DE"))
        .doesNotContain(new Country("CH"), new Country("GB"));
    assertThat(builtIn("adequate-partly").countries()).hasToString("CA, US");
    assertThat(Countries.ALL.size()).isEqualTo(250);
    assertThat(Countries.isKnown(Country.UNKNOWN)).isFalse();
  }

  @Test
  void shouldRefuseAFileOfAHundredThousandLinesAtItsPlace() {
    StringBuilder lines = new StringBuilder("version: 1\nnamespaces:\n  shop:\n    rules:\n");
    for (int i = 0; i < 100_000; i++) {
      lines.append("    - {}\n");
    }
    assertThat(read(lines.toString())).isEmpty();
    assertThat(problems.all().get(0).headline()).matches("policy\\.yaml:\\d+:\\d+: .*");
  }

  @Test
  void shouldRefuseMoreThanAPolicyCanHold() {
    StringBuilder lines = new StringBuilder("version: 1\nnamespaces:\n  shop:\n    rules:\n");
    for (int i = 0; i <= PolicyReader.RULES_MAX; i++) {
      lines.append("    - {id: r" + i + ", why: w, store: anywhere}\n");
    }
    assertThat(read(lines.toString())).isEmpty();
    assertThat(problems.all().get(0).message()).isEqualTo("more than 5000 rules");
    refuses("groups: {" + many("g%d: DE", GroupReader.GROUPS_MAX) + "}", "more than 500 groups");
    refuses("classes: {" + many("c%d: {}", 60) + "}", "more than 60 classes");
    refuses("classes: {c: {fields: [" + many("f%d", 400) + "]}}", "more than 400 patterns");
  }

  @Test
  void shouldReadAThousandRules() {
    StringBuilder lines = new StringBuilder("version: 1\nclasses:\n");
    for (int i = 0; i < 20; i++) {
      lines.append("  c" + i + ": {sensitive: true, fields: [f" + i + "]}\n");
    }
    lines.append("namespaces:\n  shop:\n    rules:\n");
    int count = 0;
    for (int i = 0; i < 20; i++) {
      for (Country country : Iterables.limit(Countries.ALL.asList(), 50)) {
        lines.append(
            String.format(
                "    - {id: r%d, why: w, when: {residency: %s, class: c%d}, store: home}\n",
                count++, country, i));
      }
    }
    assertThat(read(lines.toString()).orElseThrow().rulesOf(SHOP)).hasSize(1000);
  }

  @Test
  void shouldAnswerAnyDamageToAFileWithAPolicyOrAProblem() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    String pieces = "[]{}:,-#'\"*&!|>% \n\t\u00e9NOeuzz?";
    for (int i = 0; i < 4_000; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(8));
        text.replace(at, end, "" + pieces.charAt(random.nextInt(pieces.length())));
      }
      YamlProblems here = YamlProblems.of("policy.yaml");
      Optional<Policy> policy = PolicyReader.read(text.toString().getBytes(UTF_8), here);
      assertThat(policy.isPresent()).as("seed %d: %s", seed, text).isEqualTo(here.isEmpty());
      here.all().forEach(YamlProblem::render);
      here.warnings().forEach(YamlProblem::render);
    }
  }

  @Test
  void shouldRefuseBombsLoopsAndBytesThatAreNoText() {
    StringBuilder bomb = new StringBuilder("version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (before + ", ").repeat(9) + before + "]\n");
    }
    assertThat(read(bomb.toString())).isEmpty();
    assertThat(read("groups: {a: " + "[".repeat(100_000))).isEmpty();
    assertThat(read("groups: &a {b: *a}")).isEmpty();
    byte[] latin = "version: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(PolicyReader.read(latin, problems)).isEmpty();
    assertThat(problems.all()).hasSize(4);
  }

  private void refuses(String section, String message) {
    YamlProblems here = YamlProblems.of("policy.yaml");
    String text = "version: 1\n" + section + "\nnamespaces: {shop: {rules: []}}\n";
    assertThat(PolicyReader.read(text.getBytes(UTF_8), here)).isEmpty();
    assertThat(here.all()).extracting(YamlProblem::message).containsExactly(message);
  }

  /** One more than {@code max}. */
  private static String many(String form, int max) {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= max; i++) {
      many.append(i == 0 ? "" : ", ").append(String.format(form, i));
    }
    return many.toString();
  }

  private static Countries.BuiltIn builtIn(String name) {
    return Objects.requireNonNull(Countries.GROUPS.get(name));
  }

  private Optional<Policy> read(String text) {
    return PolicyReader.read(text.getBytes(UTF_8), problems);
  }
}
