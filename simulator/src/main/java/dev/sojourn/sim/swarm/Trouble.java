package dev.sojourn.sim.swarm;

import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Disk;
import dev.sojourn.sim.world.Release;
import dev.sojourn.sim.world.World;
import dev.sojourn.value.PopId;

/**
 * Something that goes wrong at an instant, for a while.
 *
 * @param other the POP at the other end, where the kind is about two; else the same one
 * @param millis how long, or by how much
 */
public record Trouble(long atMillis, Kind kind, PopId pop, PopId other, long millis) {
  private static final long FULL_MILLIS = 30;
  private static final long ROOM_MILLIS = 50;
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
    /** A POP is stopped in good order, and is back soon. */
    RESTART,
    /** A POP is away for minutes, hours or days. */
    AWAY,
    /** A disk ends no sync. */
    STALL,
    /** A disk is below its reserve. */
    FULL,
    /**
     * A disk is at its reserve, full by turns: a POP that could take a session when it asked cannot
     * when the grant arrives.
     */
    FLICKER,
    /** A clock is set, and its POP started again. */
    CLOCK,
    /** A POP takes in no session until it is started again. */
    DRAIN,
    /** A POP dies, and comes back with an empty disk. */
    LOST_DISK,
    /** A copy of a disk is made; later its POP dies, and comes back with the copy. */
    OLD_DISK,
    /** A POP is started again and cannot read one of its records, for a while. */
    ROT,
    /** The same, and nobody mends it. */
    RUIN,
    /** A POP is stopped in good order, and started again with a newer release. */
    UPGRADE,
    /** The same, with the older release. */
    DOWNGRADE,
    /** A POP obeys the world's other policy from now on, or the first one again. */
    POLICY
  }

  /** Drawn with the time that it is away. */
  private Crash.Kept kept() {
    return Crash.Kept.values()[(int) (millis % Crash.Kept.values().length)];
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
      case CRASH -> world.crash(new Crash(pop, kept(), millis));
      case RESTART -> world.restart(pop, millis);
      case AWAY -> world.crash(new Crash(pop, Crash.Kept.NOTHING, millis));
      case STALL -> world.pop(pop).stallDisk(millis);
      case FULL -> {
        world.pop(pop).setWritable(false);
        world.after(millis, () -> world.pop(pop).setWritable(true));
      }
      case FLICKER -> flicker(world, world.nowMillis() + millis);
      case CLOCK -> {
        world.pop(pop).setClock(millis);
        world.restart(pop, 500);
      }
      case DRAIN -> world.pop(pop).drain();
      case LOST_DISK -> world.loseDisk(pop, millis);
      case OLD_DISK -> {
        Disk.Copy copy = world.pop(pop).disk().copy();
        world.after(millis, () -> putBack(world, copy));
      }
      case ROT -> world.damageRecord(pop, atMillis, millis);
      case UPGRADE -> world.install(pop, Release.NEXT, DOWN_MILLIS);
      case DOWNGRADE -> world.install(pop, Release.PRESENT, DOWN_MILLIS);
      case POLICY ->
          (millis % 2 == 0 ? world.settings().law().later() : world.settings().law().policy())
              .ifPresent(policy -> world.obey(pop, policy));
      case RUIN -> world.damageRecord(pop, atMillis, World.NEVER);
    }
  }

  private void putBack(World world, Disk.Copy copy) {
    if (!world.isHealed()) {
      world.putBackDisk(pop, copy, DOWN_MILLIS);
    }
  }

  private void flicker(World world, long untilMillis) {
    if (world.isHealed() || world.nowMillis() >= untilMillis) {
      return;
    }
    world.pop(pop).setWritable(false);
    world.after(FULL_MILLIS, () -> world.pop(pop).setWritable(true));
    world.after(FULL_MILLIS + ROOM_MILLIS, () -> flicker(world, untilMillis));
  }
}
