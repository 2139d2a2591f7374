package dev.sojourn.core.state;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.RequestId;
import java.util.Optional;

/**
 * The recent writes of a session, so that a retry, even at another POP after a move, is answered
 * and not applied twice (rule R9). Oldest entry first.
 *
 * @param lowWaterVersion version of the newest entry that was evicted: a write whose hint is below
 *     it may have been applied and forgotten, so it is not applied
 */
public record RequestWindow(ImmutableList<WindowEntry> entries, long lowWaterVersion) {
  public static final RequestWindow EMPTY = new RequestWindow(ImmutableList.of(), 0);

  public Optional<WindowEntry> find(RequestId id) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).id().equals(id)) {
        return Optional.of(entries.get(i));
      }
    }
    return Optional.empty();
  }

  public RequestWindow shifted(long byMillis) {
    ImmutableList.Builder<WindowEntry> moved =
        ImmutableList.builderWithExpectedSize(entries.size());
    for (WindowEntry entry : entries) {
      moved.add(entry.shifted(byMillis));
    }
    return new RequestWindow(moved.build(), lowWaterVersion);
  }

  public long sizeBytes() {
    long size = 16;
    for (WindowEntry entry : entries) {
      size += 96 + ResultSize.of(entry.results());
    }
    return size;
  }
}
