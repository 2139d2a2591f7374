package dev.sojourn.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class RolloutTextTest {
  private static String rendered(String sweep) {
    JsonObject status =
        JsonParser.parseString(
                """
                {"pop":"fra","has_policy":true,"signers":[],"newest":0,
                "settled":{"version":0,"policy":"6","stage":"all"},
                "deciding":{"versions":[0],"policy":"6","since":"2026-12-01T09:00:00Z"},
                "shadow":{"narrower":0,"wider":0},
                "pops":[{"pop":"fra","standing":"holds","version":0}],
                "sweep":SWEEP}
                """
                    .replace("SWEEP", sweep))
            .getAsJsonObject();
    return new RolloutText(status).render();
  }

  @Test
  void shouldTellWhatASweepCouldNotRead() {
    assertThat(rendered("{\"stage\":\"incomplete\",\"left\":0,\"unreadable\":2}"))
        .contains("incomplete, 0 left; 2 records unreadable, not judged");
    assertThat(rendered("{\"stage\":\"done\",\"left\":0,\"unreadable\":0}"))
        .contains("done, 0 left\n");
  }

  @Test
  void shouldReadTheStatusOfAReleaseThatDoesNotTellIt() {
    assertThat(rendered("{\"stage\":\"moving\",\"left\":3}")).contains("moving, 3 left\n");
  }
}
