package dev.sojourn.server.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.effect.LedgerEntry.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the data of one session have ever been at rest, and been seen from, as the ledgers of
 * several POPs tell it.
 *
 * @param stays by POP, in the order of time
 * @param seen by whom they were seen where they did not rest, in the order of time
 * @param missing POPs that had it, or were to get it, and whose ledger is not among these
 */
public record Whereabouts(
    ImmutableList<Stay> stays, ImmutableList<LedgerLine> seen, ImmutableSet<String> missing) {

  private static final ImmutableSet<Act> OF_NO_REST =
      ImmutableSet.of(Act.DECLINED, Act.REFUSED, Act.KEPT, Act.DROPPED);

  /** What a POP may do with a part as well as with a session. */
  private static final ImmutableSet<Act> OF_A_PART = ImmutableSet.of(Act.SERVED, Act.REDACTED);

  /**
   * A time of rest at one POP.
   *
   * @param came how it began
   * @param gone how it ended; empty if it has not
   */
  public record Stay(String pop, LedgerLine came, Optional<LedgerLine> gone) {
    /**
     * The classes that the session had when it came or went; it may have had others between. Of a
     * part that was kept there is a stay for each that came.
     */
    public ImmutableSet<String> classes() {
      Set<String> classes = new TreeSet<>(came.classes());
      gone.filter(line -> line.act() != Act.DROPPED)
          .ifPresent(line -> classes.addAll(line.classes()));
      return ImmutableSet.copyOf(classes);
    }
  }

  /** Follows {@code session}, a key hash, through ledgers of which there is one for each POP. */
  public static Whereabouts of(String session, List<LedgerFile> ledgers) {
    List<Stay> stays = new ArrayList<>();
    List<LedgerLine> seen = new ArrayList<>();
    Set<String> named = new TreeSet<>();
    Map<String, LedgerFile> byPop = new TreeMap<>();
    ledgers.forEach(ledger -> byPop.put(ledger.pop(), ledger));
    for (LedgerFile ledger : byPop.values()) {
      List<LedgerLine> lines =
          ledger.lines().stream().filter(line -> line.session().equals(session)).toList();
      stays.addAll(stays(ledger.pop(), lines));
      for (LedgerLine line : lines) {
        if (line.act() == Act.MOVED || line.act() == Act.TAKEN || line.act() == Act.DECLINED) {
          named.add(line.from());
          named.add(line.to());
        } else if (line.act() == Act.SERVED) {
          seen.add(line);
        }
      }
    }
    named.removeAll(byPop.keySet());
    stays.sort((one, other) -> one.came().at().compareTo(other.came().at()));
    seen.sort((one, other) -> one.at().compareTo(other.at()));
    return new Whereabouts(
        ImmutableList.copyOf(stays), ImmutableList.copyOf(seen), ImmutableSet.copyOf(named));
  }

  private static List<Stay> stays(String pop, List<LedgerLine> lines) {
    List<Stay> stays = new ArrayList<>(ofSession(pop, lines));
    stays.addAll(ofPart(pop, lines));
    return stays;
  }

  /** Each class that a POP kept for another one, from when it had a value of it. */
  private static List<Stay> ofPart(String pop, List<LedgerLine> lines) {
    List<Stay> stays = new ArrayList<>();
    List<LedgerLine> kept = new ArrayList<>();
    for (LedgerLine line : lines) {
      if (line.act() == Act.KEPT) {
        kept.add(line);
      } else if (line.act() == Act.DROPPED) {
        List<LedgerLine> came = kept.isEmpty() ? List.of(line) : kept;
        came.forEach(each -> stays.add(new Stay(pop, each, Optional.of(line))));
        kept.clear();
      }
    }
    kept.forEach(each -> stays.add(new Stay(pop, each, Optional.empty())));
    return stays;
  }

  /**
   * A ledger that begins after the session came, since there was no policy before, tells of it by
   * whatever it did with it first. What a POP does that keeps a part for another one does not tell
   * that it has the session.
   */
  private static List<Stay> ofSession(String pop, List<LedgerLine> lines) {
    List<Stay> stays = new ArrayList<>();
    Optional<LedgerLine> came = Optional.empty();
    boolean keepsPart = false;
    for (LedgerLine line : lines) {
      keepsPart = line.act() == Act.KEPT || (keepsPart && line.act() != Act.DROPPED);
      boolean isAtRest =
          !OF_NO_REST.contains(line.act()) && !(keepsPart && OF_A_PART.contains(line.act()));
      if (line.act() == Act.ERASED && came.isPresent()) {
        stays.add(new Stay(pop, came.get(), Optional.of(line)));
        came = Optional.empty();
      } else if (line.act() == Act.ERASED) {
        stays.add(new Stay(pop, line, Optional.of(line)));
      } else if (came.isEmpty() && isAtRest) {
        came = Optional.of(line);
      }
    }
    came.ifPresent(line -> stays.add(new Stay(pop, line, Optional.empty())));
    return stays;
  }
}
