package dev.sojourn.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.policy.format.PolicyFormatter;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PolicyFormatterTest {
  private final YamlProblems problems = YamlProblems.of("policy.yaml");

  @Test
  void shouldGiveAFileItsOneFormAndKeepItsComments() {
    String before =
        """
        # Who wrote this, and when.
        namespaces:   # the applications
            shop:


                # The first rule.
                rules:
                -   why: 'GDPR: Art. 44'   # the duty
                    # Where the user lives.
                    when:
                        class: identity
                        residency:
                        - eea
                        - "NO"      # Norway
                    else: nearest
                    id: first   # told to users
                    store:
                        - eea
                        - not CN

                - {id: second, store: anywhere, why: a long sentence of the kind that compliance officers write if ever anybody asks them why}
                # else: remote
        version: 1.10
        classes:
            identity:
                fields: [ "*.mail", name ,'with, comma' ]
                sensitive: true
        groups: {all-of-them: [AT, BE, BG, HR, CY, CZ, DK, EE, FI, FR, DE, GR, HU, IE, IT, LV, LT, LU, MT, NL, PL, PT, RO]}
        # The end.
        """;
    String after =
        """
        version: 1.10
        groups:
          all-of-them:
            [AT, BE, BG, HR, CY, CZ, DK, EE, FI, FR, DE, GR, HU, IE, IT, LV, LT, LU, MT, NL, PL, PT, RO]
        classes:
          identity: {sensitive: true, fields: ["*.mail", name, "with, comma"]}
        # Who wrote this, and when.
        namespaces: # the applications
          shop:
            # The first rule.
            rules:
              - id: first # told to users
                why: "GDPR: Art. 44" # the duty
                # Where the user lives.
                when:
                  residency:
                    - eea
                    - "NO" # Norway
                  class: identity
                store: [eea, not CN]
                else: nearest

              - id: second
                why: >-
                  a long sentence of the kind that compliance officers write if ever anybody asks them why
                store: anywhere
        """;
    assertThat(format(before))
        .isEqualTo(
            after.replace("version: 1.10", "# else: remote\nversion: 1.10") + "# The end.\n");
  }

  @Test
  void shouldLeaveAFormattedFileAsItIsAndLoseNoComment() {
    long seed = 23;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 1; i <= 200; i++) {
      String before = commented(new RandomPolicies(i).policy(), random);
      String once = format(before);
      assertThat(format(once)).as("seed %d, file %d\n%s", seed, i, before).isEqualTo(once);
      Matcher comment = Pattern.compile("#c\\d+;").matcher(before);
      while (comment.find()) {
        assertThat(once).as("seed %d, file %d\n%s", seed, i, before).contains(comment.group());
      }
    }
  }

  @Test
  void shouldFormatNothingThatIsNoPolicyOrHasAliases() {
    YamlProblems none = YamlProblems.of("policy.yaml");
    assertThat(PolicyFormatter.format("version: 1\n".getBytes(UTF_8), none)).isEmpty();
    assertThat(none.all())
        .extracting(YamlProblem::message)
        .containsExactly("key `namespaces` is missing");
    String aliases = "version: 1\ngroups: {a: &x [FR], b: *x}\nnamespaces: {shop: {rules: []}}\n";
    assertThat(PolicyFormatter.format(aliases.getBytes(UTF_8), problems)).isEmpty();
    assertThat(problems.all())
        .extracting(YamlProblem::message)
        .containsExactly("a file with aliases is not formatted");
  }

  /** With comments, blank lines and spaces at random places where they may stand. */
  private static String commented(String policy, SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (String line : policy.lines().toList()) {
      if (random.nextInt(5) == 0) {
        text.append(random.nextBoolean() ? "\n" : "\n\n");
      }
      if (random.nextInt(5) == 0) {
        text.append(" ".repeat(random.nextInt(6))).append("#c").append(count++).append(";\n");
      }
      boolean isBroken = random.nextInt(4) == 0 && line.contains("[") && line.contains(", ");
      String broken =
          isBroken ? line.replaceFirst(", ", ", #c" + count++ + ";\n             ") : line;
      text.append(broken);
      text.append(random.nextInt(5) == 0 ? "   #c" + count++ + ";\n" : "\n");
    }
    return text.append(random.nextBoolean() ? "\n   #c" + count + ";\n" : "").toString();
  }

  private String format(String text) {
    Optional<String> formatted = PolicyFormatter.format(text.getBytes(UTF_8), problems);
    assertThat(problems.all()).isEmpty();
    return formatted.orElseThrow();
  }
}
