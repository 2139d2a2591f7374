package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.world.Core;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes a failing plan smaller, as long as it fails in the same way: leaves out half of what
 * strikes, of the troubles and of the acts, then quarters, and so on down to single ones (delta
 * debugging: Zeller and Hildebrandt, IEEE TSE 28, 2002). Deterministic.
 */
public final class Minimiser {
  private final Core.Maker maker;
  private final String kind;
  private int runsLeft;

  private Minimiser(Core.Maker maker, String kind, int runsMax) {
    this.maker = maker;
    this.kind = kind;
    this.runsLeft = runsMax;
  }

  /**
   * @param failing a plan that fails; its strikes may still be drawn
   * @param runsMax how many runs it may cost
   * @return a plan that fails in the same way, with its strikes listed
   * @throws IllegalArgumentException if the plan does not fail
   */
  public static Plan minimise(Plan failing, Core.Maker maker, int runsMax) {
    Verdict verdict = Run.of(failing, maker, false);
    String failure =
        verdict
            .failure()
            .orElseThrow(
                () -> new IllegalArgumentException("seed " + failing.seed() + " does not fail"));
    Minimiser minimiser = new Minimiser(maker, kindOf(failure), runsMax);
    Plan listed = failing.striking(verdict.strikes());
    return minimiser.fails(listed) ? minimiser.shrink(listed) : failing;
  }

  /** Which invariant it was, or which exception: what stays the same in a smaller run. */
  private static String kindOf(String failure) {
    String[] parts = failure.split(": ", 3);
    return parts[0].equals("InvariantViolated") ? parts[0] + ": " + parts[1] : parts[0];
  }

  private Plan shrink(Plan plan) {
    Plan smaller = plan;
    Plan before;
    do {
      before = smaller;
      Plan whole = smaller;
      smaller = fewer(whole.strikes().orElse(ImmutableList.of()), whole::striking, smaller);
      Plan struck = smaller;
      smaller = fewer(struck.troubles(), struck::withTroubles, smaller);
      Plan troubled = smaller;
      smaller = fewer(troubled.acts(), troubled::withActs, smaller);
    } while (!smaller.equals(before) && runsLeft > 0);
    return smaller;
  }

  private <T> Plan fewer(ImmutableList<T> items, Function<ImmutableList<T>, Plan> with, Plan now) {
    List<T> kept = new ArrayList<>(items);
    Plan smallest = now;
    for (int chunk = Math.max(1, kept.size()); chunk >= 1; chunk /= 2) {
      int from = 0;
      while (from < kept.size() && runsLeft > 0) {
        List<T> fewer = new ArrayList<>(kept);
        fewer.subList(from, Math.min(kept.size(), from + chunk)).clear();
        Plan candidate = with.apply(ImmutableList.copyOf(fewer));
        if (fails(candidate)) {
          kept = fewer;
          smallest = candidate;
        } else {
          from += chunk;
        }
      }
    }
    return smallest;
  }

  private boolean fails(Plan plan) {
    runsLeft--;
    return Run.of(plan, maker, false).failure().filter(each -> each.startsWith(kind)).isPresent();
  }
}
