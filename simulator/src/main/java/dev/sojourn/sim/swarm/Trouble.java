package dev.sojourn.sim.swarm;

import dev.sojourn.core.event.Event;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Disk;
import dev.sojourn.sim.world.World;
import dev.sojourn.value.PopId;

/**
 * Something that goes wrong at an instant, for a while.
 *
 * @param other the POP at the other end, where the kind is about two; else the same one
 * @param millis how long, or by how much
 */
public record Trouble(long atMillis, Kind kind, PopId pop, PopId other, long millis) {
  private static final long DOWN_MILLIS = 500;

  /** What can go wrong so. */
  public enum Kind {
    /** Nothing passes between two POPs. */
    PARTITION,
    /** Nothing passes from one POP to another. */
    ONE_WAY,
    /** The stream between two POPs breaks. */
    BREAK,
    /** A POP dies, keeps some of what was not synced, and is back soon. */
    CRASH,
    /** A POP is away for minutes, hours or days. */
    AWAY,
    /** A disk ends no sync. */
    STALL,
    /** A disk is below its reserve. */
    FULL,
    /** A clock is set, and its POP started again. */
    CLOCK,
    /** A POP takes in no session until it is started again. */
    DRAIN,
    /** A POP dies, and comes back with an empty disk. */
    LOST_DISK,
    /** A copy of a disk is made; later its POP dies, and comes back with the copy. */
    OLD_DISK
  }

  /** Lets it happen, now. */
  void befall(World world) {
    switch (kind) {
      case PARTITION -> {
        world.network().partition(pop, other);
        world.after(millis, () -> world.network().heal(pop, other));
      }
      case ONE_WAY -> {
        world.network().silence(pop, other);
        world.after(millis, () -> world.network().heal(pop, other));
      }
      case BREAK -> world.network().breakStream(pop, other);
      case CRASH -> world.crash(new Crash(pop, Crash.Kept.HALF, millis));
      case AWAY -> world.crash(new Crash(pop, Crash.Kept.NOTHING, millis));
      case STALL -> world.pop(pop).stallDisk(millis);
      case FULL -> {
        world.pop(pop).setWritable(false);
        world.after(millis, () -> world.pop(pop).setWritable(true));
      }
      case CLOCK -> {
        world.pop(pop).setClock(millis);
        world.crash(new Crash(pop, Crash.Kept.EVERYTHING, 500));
      }
      case DRAIN -> world.pop(pop).handle(new Event.DrainStarted());
      case LOST_DISK -> world.loseDisk(pop, millis);
      case OLD_DISK -> {
        Disk.Copy copy = world.pop(pop).disk().copy();
        world.after(millis, () -> putBack(world, copy));
      }
    }
  }

  private void putBack(World world, Disk.Copy copy) {
    if (!world.isHealed()) {
      world.putBackDisk(pop, copy, DOWN_MILLIS);
    }
  }
}
