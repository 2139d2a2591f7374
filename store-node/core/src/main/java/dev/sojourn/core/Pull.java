package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.message.PeerMessage.Purpose;
import dev.sojourn.core.message.PeerMessage.Role;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One question to another POP that has not been answered: lost by a crash, like its askers. */
final class Pull {
  final Nonce nonce;
  final Purpose purpose;
  final Role role;
  final Routing.Place place;

  /** POPs that were asked for the same requests before, this one's included. */
  final ImmutableSet<PopId> visited;

  /** The request whose operations travel with the question. */
  Optional<Ask.FromClient> carried;

  /** Requests that wait for the outcome. */
  final List<Ask> waiting = new ArrayList<>();

  /** Where the request was passed on to, as far as we were told. */
  Optional<PopId> passedTo = Optional.empty();

  /** The epoch of this POP's own record when the question was sent. */
  Optional<Epoch> ownEpoch = Optional.empty();

  /** Messages between POPs so far, this question and its answer included. */
  int halfRoundTrips;

  Pull(
      Nonce nonce,
      Purpose purpose,
      Role role,
      Routing.Place place,
      ImmutableSet<PopId> visited,
      Optional<Ask.FromClient> carried,
      int halfRoundTrips) {
    this.nonce = nonce;
    this.purpose = purpose;
    this.role = role;
    this.place = place;
    this.visited = visited;
    this.carried = carried;
    this.halfRoundTrips = halfRoundTrips;
  }

  PopId target() {
    return place.pop();
  }

  /** Whom an asker waits for. */
  PopId waitsFor() {
    return passedTo.orElse(target());
  }

  /** Nobody waits any more; the answer may still come. */
  boolean isAbandoned() {
    return carried.isEmpty() && waiting.isEmpty();
  }

  /** Every request that waits, the carried one first. */
  ImmutableList<Ask> asks() {
    ImmutableList.Builder<Ask> all = ImmutableList.builder();
    carried.ifPresent(all::add);
    return all.addAll(waiting).build();
  }

  boolean letGo(Ask ask) {
    if (carried.isPresent() && carried.get() == ask) {
      carried = Optional.empty();
      return true;
    }
    return waiting.remove(ask);
  }
}
