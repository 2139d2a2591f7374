package dev.sojourn.core;

import dev.sojourn.value.KeyHash;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sessions in memory: every one that something is under way for, and of the others the most
 * recently used, within a budget of bytes.
 */
final class Slots {
  /** Looks at this many of the oldest at most, so that no event pays for a long walk. */
  private static final int EVICTION_STEPS_MAX = 16;

  private final long bytesMax;
  private final Consumer<Slot> onEvicted;
  private final Map<KeyHash, Slot> slots = new LinkedHashMap<>(1024, 0.75f, true);
  private long bytes;

  Slots(long bytesMax, Consumer<Slot> onEvicted) {
    this.bytesMax = bytesMax;
    this.onEvicted = onEvicted;
  }

  /** The slot of this key; a new one is not loaded yet. */
  Slot get(KeyHash key) {
    Slot slot = slots.get(key);
    if (slot == null) {
      slot = new Slot(key);
      slots.put(key, slot);
    }
    return slot;
  }

  /** The slot of this key, if anything is in memory of it. */
  Optional<Slot> find(KeyHash key) {
    return Optional.ofNullable(slots.get(key));
  }

  /** Drops a slot that was never loaded: nothing of it was weighed or written yet. */
  void forget(Slot unloaded) {
    slots.remove(unloaded.key);
  }

  /** Takes note of a slot's present size, and lets the least recently used idle ones go. */
  void weigh(Slot slot, long doneSeq) {
    long size = slot.sizeBytes();
    bytes += size - slot.weighedBytes;
    slot.weighedBytes = size;
    if (bytes > bytesMax) {
      evict(doneSeq);
    }
  }

  private void evict(long doneSeq) {
    Iterator<Slot> oldestFirst = slots.values().iterator();
    List<KeyHash> busy = new ArrayList<>();
    for (int step = 0;
        step < EVICTION_STEPS_MAX && bytes > bytesMax && oldestFirst.hasNext();
        step++) {
      Slot slot = oldestFirst.next();
      if (slot.isIdle(doneSeq)) {
        oldestFirst.remove();
        bytes -= slot.weighedBytes;
        onEvicted.accept(slot);
      } else {
        busy.add(slot.key);
      }
    }
    // A busy one counts as used, or a few that stay busy would keep all others in memory.
    busy.forEach(slots::get);
  }
}
