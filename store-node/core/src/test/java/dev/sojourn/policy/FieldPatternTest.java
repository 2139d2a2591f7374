package dev.sojourn.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.yaml.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FieldPatternTest {
  @Test
  void shouldFitWhatARegularExpressionFitsAndJudgePairsByTheNamesTheyFit() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    List<String> names = names();
    for (int i = 0; i < 1_000; i++) {
      FieldPattern one = draw(random);
      FieldPattern other = draw(random);
      String where = "seed " + seed + ": " + one + " and " + other;
      Pattern first = asRegularExpression(one);
      Pattern second = asRegularExpression(other);
      boolean overlap = false;
      boolean isContained = true;
      for (String name : names) {
        boolean fitsOne = first.matcher(name).matches();
        boolean fitsOther = second.matcher(name).matches();
        if (one.fits(name) != fitsOne) {
          assertThat(one.fits(name)).as(where + " on " + name).isEqualTo(fitsOne);
        }
        overlap |= fitsOne && fitsOther;
        isContained &= fitsOne || !fitsOther;
      }
      assertThat(one.overlaps(other)).as(where).isEqualTo(overlap);
      assertThat(one.fitsAllOf(other)).as(where).isEqualTo(isContained);
    }
  }

  private static FieldPattern draw(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int length = 1 + random.nextInt(3); length > 0; length--) {
      text.append("ab*".charAt(random.nextInt(3)));
    }
    return new FieldPattern(text.toString(), Span.START);
  }

  private static Pattern asRegularExpression(FieldPattern pattern) {
    return Pattern.compile(pattern.text().replace("*", ".*"));
  }

  /** All names of up to six letters of three, one of which no pattern has. */
  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of(""));
    int from = 0;
    for (int length = 0; length < 6; length++) {
      int to = names.size();
      for (; from < to; from++) {
        for (String letter : List.of("a", "b", "c")) {
          names.add(names.get(from) + letter);
        }
      }
    }
    return names;
  }
}
