package dev.sojourn.core;

import dev.sojourn.value.KeyHash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions in memory: every one that something is under way for, and of the others the most
 * recently used, within a budget of bytes.
 */
final class Slots {
  /** Looks at this many of the oldest at most, so that no event pays for a long walk. */
  private static final int EVICTION_STEPS_MAX = 16;

  private final long bytesMax;
  private final Map<KeyHash, Slot> slots = new LinkedHashMap<>(1024, 0.75f, true);
  private long bytes;

  Slots(long bytesMax) {
    this.bytesMax = bytesMax;
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
    for (int step = 0; step < EVICTION_STEPS_MAX && oldestFirst.hasNext(); step++) {
      Slot slot = oldestFirst.next();
      if (slot.isIdle(doneSeq)) {
        oldestFirst.remove();
        bytes -= slot.weighedBytes;
        if (bytes <= bytesMax) {
          return;
        }
      }
    }
  }
}
