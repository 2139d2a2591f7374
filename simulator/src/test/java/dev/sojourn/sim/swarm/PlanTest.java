package dev.sojourn.sim.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.core.event.Event;
import dev.sojourn.sim.world.Core;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A plan as text, made smaller, and shown. */
class PlanTest {
  /** Breaks as soon as a granter hears a confirm. */
  private static final Core.Maker BREAKS_ON_CONFIRM =
      (settings, random) -> {
        Core real = Core.REAL.make(settings, random);
        return (nowMillis, event) -> {
          if (event instanceof Event.MessageReceived received
              && received.message().getClass().getSimpleName().equals("Confirm")) {
            throw new IllegalStateException("a confirm");
          }
          return real.handle(nowMillis, event);
        };
      };

  @Test
  void shouldReadWhatItHasWritten() {
    for (long seed = 1; seed <= 60; seed++) {
      Plan drawn = Draw.plan(seed);
      Plan listed = drawn.striking(Run.of(drawn, Core.REAL, false).strikes());

      assertThat(PlanText.parse(PlanText.write(drawn))).isEqualTo(drawn);
      assertThat(PlanText.parse(PlanText.write(listed))).isEqualTo(listed);
    }
  }

  @Test
  void shouldNameALineThatIsNotOfAPlan() {
    assertThatThrownBy(() -> PlanText.parse(List.of("# fine", "act one")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 2 is not of a plan: `act one`");
  }

  @Test
  void shouldMakeAFailingPlanSmallerEachTimeAlike() {
    Plan failing = firstThatFails(BREAKS_ON_CONFIRM);
    Plan smaller = Minimiser.minimise(failing, BREAKS_ON_CONFIRM, 500);

    assertThat(Run.of(smaller, BREAKS_ON_CONFIRM, false).failure())
        .hasValueSatisfying(failure -> assertThat(failure).contains("a confirm"));
    assertThat(smaller.acts()).hasSize(1);
    assertThat(smaller.troubles()).isEmpty();
    assertThat(smaller.strikes().orElseThrow()).isEmpty();
    assertThat(Minimiser.minimise(failing, BREAKS_ON_CONFIRM, 500)).isEqualTo(smaller);
  }

  @Test
  void shouldDrawASmallRunAsLanes() throws IOException {
    Plan plan = PlanText.parse(lines("move.plan"));
    Verdict verdict = Run.of(plan, Core.REAL, true);

    assertThat(verdict.failure()).isEmpty();
    assertThat(Lanes.draw(plan, verdict).subList(0, 34)).isEqualTo(lines("move.txt"));
  }

  private static Plan firstThatFails(Core.Maker maker) {
    return LongStream.rangeClosed(1, 100)
        .mapToObj(Draw::plan)
        .filter(plan -> Run.of(plan, maker, false).failure().isPresent())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(PlanTest.class.getResourceAsStream("/replays/" + name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
