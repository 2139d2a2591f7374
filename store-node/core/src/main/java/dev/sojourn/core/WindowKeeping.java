package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.WindowEntry;
import java.util.ArrayDeque;
import java.util.List;

/** Adds to a request window and lets go of what is too old or too much (rule R9). */
final class WindowKeeping {
  private static final long RESULT_BYTES_MAX = 1 << 10;
  private static final long RESULTS_BYTES_MAX = 16 << 10;

  private WindowKeeping() {}

  static RequestWindow remember(
      RequestWindow window, WindowEntry entry, NamespaceSettings settings, long nowMillis) {
    ArrayDeque<WindowEntry> entries = new ArrayDeque<>(window.entries());
    entries.add(entry.resultBytes() > RESULT_BYTES_MAX ? entry.withheld() : entry);
    long lowWater = window.lowWaterVersion();
    // INVARIANT: an entry never leaves without raising the low-water version to its own, or a late
    // duplicate of it would be applied a second time.
    while (entries.size() > settings.windowEntriesMax()
        || (entries.size() > 1
            && entries.getFirst().appliedAtMillis() < nowMillis - settings.retryMillis())) {
      lowWater = Math.max(lowWater, entries.removeFirst().version());
    }
    return new RequestWindow(withholdOldest(List.copyOf(entries)), lowWater);
  }

  private static ImmutableList<WindowEntry> withholdOldest(List<WindowEntry> entries) {
    long budget = RESULTS_BYTES_MAX;
    WindowEntry[] kept = new WindowEntry[entries.size()];
    for (int i = entries.size() - 1; i >= 0; i--) {
      WindowEntry entry = entries.get(i);
      budget -= entry.resultBytes();
      kept[i] = budget >= 0 ? entry : entry.withheld();
    }
    return ImmutableList.copyOf(kept);
  }
}
