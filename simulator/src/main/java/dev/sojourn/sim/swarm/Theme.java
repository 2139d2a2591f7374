package dev.sojourn.sim.swarm;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.SeededRandom;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Optional;

/**
 * What a run is about. Everything else of a run is drawn part by part; but some accidents need
 * several parts that fit together, and in a run with a theme they come together.
 *
 * @param aim at one kind of message: what a few lost ones of many hide, many of one kind show
 * @param death what a POP is about to do, or has just done, when it dies: a part of the words for a
 *     boundary
 */
record Theme(Subject subject, Motion motion, Optional<Aim> aim, Optional<String> death) {
  private static final ImmutableList<String> MESSAGES =
      ImmutableList.of(
          "Acquire",
          "Granted",
          "Executed",
          "Moved",
          "Confirm",
          "ConfirmAck",
          "Declined",
          "DeclineAck",
          "Announce",
          "AnnounceAck");

  private static final ImmutableList<String> DEATHS =
      ImmutableList.of(
          "Granted", "Owned", "Declined", "Forward", "Tombstone", "Confirm", "Announce", "Answer");

  private static final ImmutableList<Fate.Kind> FATES =
      ImmutableList.of(
          Fate.Kind.LOST,
          Fate.Kind.LOST,
          Fate.Kind.LATE,
          Fate.Kind.LATE,
          Fate.Kind.REPEATED,
          Fate.Kind.REPEATED,
          Fate.Kind.SWAPPED,
          Fate.Kind.LOST_WITH_STREAM);

  /** What several parts of a run agree about. */
  enum Subject {
    /** Nothing: each part is drawn for itself. */
    ANY(MESSAGES, DEATHS, 0.4, 0.25),
    /** Sessions change hands all the time. */
    HAND_OVER(
        ImmutableList.of("Granted", "Confirm", "Confirm", "ConfirmAck", "Announce"),
        ImmutableList.of("Granted", "Owned", "Forward", "Answer"),
        0.9,
        0.5),
    /**
     * Disks are at the edge of their reserve: a POP that could take a session when it asked cannot
     * when the grant arrives.
     */
    HAND_BACK(
        ImmutableList.of("Declined", "Declined", "DeclineAck", "Confirm", "ConfirmAck"),
        ImmutableList.of("Declined", "Declined", "Declined", "Declined", "Owned"),
        0.9,
        0.8),
    /** After a long rest whatever may be forgotten is forgotten. */
    FORGETTING(
        ImmutableList.of("Granted", "Granted", "Confirm", "Confirm", "ConfirmAck", "Announce"),
        ImmutableList.of("Owned", "Tombstone", "Forward"),
        0.9,
        0.5),
    /** Many requests at once. */
    CROWD(MESSAGES, ImmutableList.of("Owned", "Granted", "Answer"), 0.9, 0.5),
    /**
     * Clients are back before the grant that they caused is on the disk of the POP that received
     * it, and the POP may die just then.
     */
    HASTE(ImmutableList.of("Granted", "Confirm", "Announce"), ImmutableList.of("Owned"), 0.2, 0.9);

    private final ImmutableList<String> messages;
    private final ImmutableList<String> deaths;
    private final double aimChance;
    private final double deathChance;

    Subject(
        ImmutableList<String> messages,
        ImmutableList<String> deaths,
        double aimChance,
        double deathChance) {
      this.messages = messages;
      this.deaths = deaths;
      this.aimChance = aimChance;
      this.deathChance = deathChance;
    }
  }

  /** How the clients of a run move. */
  enum Motion {
    /** Anywhere, at any pace. */
    ROAM,
    /** Round two or three POPs. */
    SHUTTLE,
    /** All at once. */
    CROWD
  }

  /**
   * Fates for one kind of message.
   *
   * @param chance of each such message
   * @param to the only POP whose messages it befalls, if it is not everybody
   */
  record Aim(String message, ImmutableList<Fate.Kind> fates, double chance, Optional<PopId> to) {
    boolean isAt(String kind, PopId receiver) {
      return message.equals(kind) && to.filter(only -> !only.equals(receiver)).isEmpty();
    }
  }

  static Theme of(long seed, List<PopId> pops) {
    Theme drawn = drawn(seed, pops);
    if (drawn.subject() == Subject.HASTE) {
      return drawn;
    }
    return Splits.of(seed, pops).map(splits -> splits.theme(drawn)).orElse(drawn);
  }

  private static Theme drawn(long seed, List<PopId> pops) {
    SeededRandom random = SeededRandom.named(seed, "theme");
    Subject subject = subject(random.below(100));
    return new Theme(
        subject,
        motion(subject, random),
        random.chance(subject.aimChance)
            ? Optional.of(aim(subject, pops, random))
            : Optional.empty(),
        random.chance(subject.deathChance)
            ? Optional.of(one(subject.deaths, random))
            : Optional.empty());
  }

  private static Subject subject(int percent) {
    if (percent < 22) {
      return Subject.ANY;
    } else if (percent < 40) {
      return Subject.HAND_OVER;
    } else if (percent < 57) {
      return Subject.HAND_BACK;
    } else if (percent < 75) {
      return Subject.FORGETTING;
    }
    return percent < 84 ? Subject.CROWD : Subject.HASTE;
  }

  private static Motion motion(Subject subject, SeededRandom random) {
    Motion any = one(ImmutableList.copyOf(Motion.values()), random);
    return switch (subject) {
      case ANY -> random.chance(0.5) ? Motion.ROAM : any;
      case HASTE -> Motion.SHUTTLE;
      case HAND_OVER, HAND_BACK -> random.chance(0.7) ? Motion.SHUTTLE : any;
      case FORGETTING -> any;
      case CROWD -> Motion.CROWD;
    };
  }

  private static Aim aim(Subject subject, List<PopId> pops, SeededRandom random) {
    String message = one(subject.messages, random);
    ImmutableList<Fate.Kind> fates = ImmutableList.of(one(FATES, random), one(FATES, random));
    if (subject == Subject.FORGETTING) {
      // What is repeated finds everything forgotten; what is lost is owed all that time.
      boolean comesBack = message.equals("Granted");
      fates = ImmutableList.of(comesBack ? Fate.Kind.REPEATED : Fate.Kind.LOST);
    }
    return new Aim(
        message,
        fates,
        random.chance(0.5) ? 1 : (30 + random.below(60)) / 100.0,
        random.chance(subject == Subject.FORGETTING ? 0.25 : 0.5)
            ? Optional.of(one(pops, random))
            : Optional.empty());
  }

  private static <T> T one(List<T> all, SeededRandom random) {
    return all.get(random.below(all.size()));
  }
}
