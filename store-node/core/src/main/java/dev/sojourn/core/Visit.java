package dev.sojourn.core;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.sojourn.core.message.PeerMessage.PartRead;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import java.util.Map;
import java.util.Optional;

/**
 * A request that needs what was left behind with a custodian, and what is known of that so far. It
 * is volatile: dropped at any time, it has changed nothing.
 */
final class Visit {
  /**
   * What a request changes in a part.
   *
   * @param fields that are new or other than before
   * @param removed names that are gone
   */
  record Change(ImmutableSortedMap<String, Field> fields, ImmutableSortedSet<String> removed) {
    static Change between(Map<String, Field> before, Map<String, Field> after) {
      return new Change(
          ImmutableSortedMap.copyOf(
              Maps.filterEntries(after, e -> !e.getValue().equals(before.get(e.getKey())))),
          ImmutableSortedSet.copyOf(Sets.difference(before.keySet(), after.keySet())));
    }

    boolean isEmpty() {
      return fields.isEmpty() && removed.isEmpty();
    }
  }

  /** A value that was sent to the custodian, made of the one that was seen. */
  record Written(Stamp stamp, Change change) {}

  final Ask ask;
  final PopId custodian;

  /** The value that was asked for. */
  final Stamp base;

  /** How much of it was asked for. */
  enum Extent {
    /** All of it, to make the session whole. */
    WHOLE,
    /** What the request needs. */
    NEEDED,
    /** What it names, after the custodian has left some of that out. */
    NAMED
  }

  final Extent extent;

  /** Of the question that is open, if one is. */
  Optional<Nonce> open = Optional.empty();

  Optional<PartRead> seen = Optional.empty();

  /** What was sent last, and then what the custodian holds durably. */
  Optional<Written> sent = Optional.empty();

  Optional<Written> written = Optional.empty();

  /** Whether it is about what the owner points to now. */
  boolean isTo(LeftBehind part) {
    return custodian.equals(part.custodian()) && base.equals(part.stamp());
  }

  /** One that asks nobody: the custodian is this POP, and has nothing any more. */
  static Visit toNothing(Ask ask, LeftBehind part, Nonce any) {
    Visit visit = new Visit(ask, part.custodian(), part.stamp(), Extent.NEEDED);
    visit.noteGone(any);
    return visit;
  }

  /** The custodian has nothing to show any more: all of it is left out. */
  void noteGone(Nonce question) {
    seen = Optional.of(new PartRead(question, ImmutableSortedMap.of(), true));
  }

  Visit(Ask ask, PopId custodian, Stamp base, Extent extent) {
    this.ask = ask;
    this.custodian = custodian;
    this.base = base;
    this.extent = extent;
  }
}
