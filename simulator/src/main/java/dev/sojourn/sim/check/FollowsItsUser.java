package dev.sojourn.sim.check;

import dev.sojourn.core.request.Reply.How;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A session does not stay away from somebody who stays: nobody is served from afar by many requests
 * in a row at one POP, reads only though they may be. Where a coin decides, each request has a toss
 * of its own, and the chance that so many fall alike is one in a thousand millions.
 */
public final class FollowsItsUser implements Invariant {
  /** With one in three to move, (2/3) to the 50th. */
  static final int FROM_AFAR_MAX = 50;

  private final Map<Place, Set<RequestId>> fromAfar = new LinkedHashMap<>();

  private final boolean mayFollow;

  private record Place(KeyHash key, PopId pop) {}

  /**
   * @param mayFollow false where a policy may keep sessions from their users
   */
  public FollowsItsUser(boolean mayFollow) {
    this.mayFollow = mayFollow;
  }

  @Override
  public void observe(Observation observation) {
    if (mayFollow && observation instanceof Answered answered) {
      Place place = new Place(answered.key(), answered.pop());
      if (answered.reply().how() != How.EXECUTED) {
        fromAfar.remove(place);
        return;
      }
      Set<RequestId> requests = fromAfar.computeIfAbsent(place, each -> new LinkedHashSet<>());
      requests.add(answered.request().id());
      if (requests.size() >= FROM_AFAR_MAX) {
        throw new InvariantViolated(
            this, requests.size() + " requests at `" + answered.pop() + "` did not fetch it");
      }
    }
  }
}
