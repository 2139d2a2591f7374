package dev.sojourn.policy.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A test for each kind of bad input that a policy must not take in silence: refused, or warned of
 * where it may be meant, with the place and the remedy. {@link BadInputTest} has more of each.
 */
class BadInputListTest {
  private static final Sites FRANKFURT =
      Sites.of(ImmutableList.of(new Site(new PopId("fra"), new Country("DE"), ImmutableSet.of())));

  @Test
  void shouldRefuseAnUnknownKey() {
    refuses(policy("store: eu, colour: red"), "unknown key `colour`; ");
  }

  @Test
  void shouldRefuseARuleThatContradictsWhatStandsAbove() {
    refuses(
        policy("store: eu}\n      - {id: b, why: w, store: CN"), "rule `b` can never decide, and");
  }

  @Test
  void shouldWarnOfARuleThatIsNeverReached() {
    warns(policy("store: eu}\n      - {id: b, why: w, store: eu"), "rule `b` can never decide: ");
  }

  @Test
  void shouldWarnOfPatternsThatOverlap() {
    warns(
        "classes: {a: {fields: \"x*\"}, b: {fields: \"*y\"}}\n" + policy("store: eu"),
        "pattern `*y` of `b` overlaps `x*` of `a`");
  }

  @Test
  void shouldWarnOfAClassWithoutFields() {
    warns("classes: {a: {sensitive: false}}\n" + policy("store: eu"), "class `a` has no fields; ");
  }

  @Test
  void shouldRefuseARegionThatNobodyIsIn() {
    refuses(policy("store: [NO, not eea]"), "nobody is in `NO, not eea`; ");
    refuses("groups: {g: [NO, not eea]}\n" + policy("store: eu"), "nobody is in this group; ");
  }

  @Test
  void shouldRefuseARuleThatNoPopCanSatisfy() {
    refuses(policy("store: JP"), "rule `a` leaves sessions with nowhere to live: ");
  }

  @Test
  void shouldRefuseBooleansInTheirCountrysPlace() {
    for (String written : ImmutableList.of("no", "No", "false", "yes", "on")) {
      refuses(policy("store: " + written), "unknown region `" + written + "`; Norway is `NO`");
    }
    assertThat(told(policy("store: [NO, DE]")).all()).isEmpty();
  }

  @Test
  void shouldRefuseABomb() {
    StringBuilder bomb = new StringBuilder("version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (before + ", ").repeat(9) + before + "]\n");
    }
    refuses(bomb.toString(), "more than 100000 values");
    refuses("version: " + "[".repeat(100_000), "nested deeper than 40; flatten it");
  }

  @Test
  void shouldRefuseADuplicateKey() {
    refuses("version: 1\nversion: 2\n", "key `version` a second time; ");
  }

  @Test
  void shouldRefuseAnAliasThatGoesRound() {
    refuses("groups: &a {b: *a}\n", "alias `*a` of nothing; ");
  }

  @Test
  void shouldRefuseAFileOfAHundredThousandLines() {
    refuses(policy("store: eu") + "#\n".repeat(1_100_000), "larger than 1MiB; split the file");
    StringBuilder rules = new StringBuilder(policy("store: eu"));
    for (int i = 0; i < 100_000; i++) {
      rules.append("      - {}\n");
    }
    refuses(rules.toString(), "");
  }

  private static String policy(String rule) {
    return "version: 1\nnamespaces:\n  shop:\n    rules:\n      - {id: a, why: w, " + rule + "}\n";
  }

  private static void refuses(String text, String message) {
    YamlProblems problems = told(text);
    assertThat(problems.all()).as(text.lines().findFirst().orElse("")).isNotEmpty();
    assertThat(problems.all()).anyMatch(each -> isTold(each, message));
    assertThat(problems.all())
        .allMatch(each -> each.help().isPresent() || each.message().contains("missing"));
  }

  private static void warns(String text, String message) {
    YamlProblems problems = told(text);
    assertThat(problems.all()).isEmpty();
    assertThat(problems.warnings()).anyMatch(each -> isTold(each, "warning: " + message));
    assertThat(problems.warnings()).allMatch(each -> each.help().isPresent());
  }

  private static boolean isTold(YamlProblem problem, String message) {
    String place = "policy.yaml:" + problem.line() + ":" + problem.column() + ": ";
    return problem.line() >= 1
        && problem.column() >= 1
        && problem.headline().startsWith(place + message);
  }

  private static YamlProblems told(String text) {
    YamlProblems problems = YamlProblems.of("policy.yaml");
    Optional<Policy> policy = PolicyReader.read(text.getBytes(UTF_8), problems);
    policy.ifPresent(read -> new SitesCheck(read, FRANKFURT, problems).run());
    assertThat(policy.isPresent() || !problems.isEmpty()).isTrue();
    return problems;
  }
}
