package dev.sojourn.sim.world;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.sim.check.Observation;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a POP can read: not a record that has rotted on its disk, and nothing in a format that only
 * a later release knows.
 */
final class Reading {
  private final World world;
  private final PopId pop;
  private final Disk disk;
  private Release release = Release.PRESENT;

  Reading(World world, PopId pop, Disk disk) {
    this.world = world;
    this.pop = pop;
    this.disk = disk;
  }

  /** What the POP runs. */
  Release release() {
    return release;
  }

  /** While the process is down: another release in place of this one. */
  void install(Release other) {
    for (Map.Entry<KeyHash, Disk.Stored> each : disk.durable().entrySet()) {
      KeyHash key = each.getKey();
      boolean could = release.canHold(each.getValue().record());
      boolean can = other.canHold(each.getValue().record());
      if (could && !can) {
        world.observe(new Observation.Damaged(world.nowMillis(), pop, key));
      } else if (can && !could && !disk.isDamaged(key)) {
        world.observe(new Observation.Mended(world.nowMillis(), pop, key));
      }
    }
    release = other;
  }

  /**
   * Lets one of the durable records rot.
   *
   * @param choice picks it; any number does
   * @return which one; empty if there is none
   */
  Optional<KeyHash> damage(long choice) {
    List<KeyHash> keys = List.copyOf(disk.durable().keySet());
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    KeyHash key = keys.get((int) Math.floorMod(choice, (long) keys.size()));
    disk.damage(key);
    world.observe(new Observation.Damaged(world.nowMillis(), pop, key));
    return Optional.of(key);
  }

  /**
   * The record can be read again, unless it was written anew meanwhile, or lost.
   *
   * @return whether there is such a record
   */
  boolean mend(KeyHash key) {
    if (!disk.damaged().contains(key)) {
      return false;
    }
    disk.mend(key);
    if (canRead(key)) {
      world.observe(new Observation.Mended(world.nowMillis(), pop, key));
    }
    return true;
  }

  boolean canRead(KeyHash key) {
    return !disk.isDamaged(key) && disk.read(key).map(release::canHold).orElse(true);
  }

  /** Nobody sends a POP what it cannot hold who knows what it runs now. */
  boolean canRead(PeerMessage message) {
    return !(message instanceof PeerMessage.Granted granted) || release.canHold(granted.data());
  }
}
