package dev.sojourn.sim.place;

import com.google.common.collect.ImmutableList;

/** Who is up and who can talk to whom, at any time of the run. Immutable. */
public final class Outages {
  private final ImmutableList<Outage> all;
  private final RoundTrips roundTrips;
  private final ImmutableList<ImmutableList<Outage>> byPop;

  public Outages(ImmutableList<Outage> all, RoundTrips roundTrips) {
    this.all = all;
    this.roundTrips = roundTrips;
    ImmutableList.Builder<ImmutableList<Outage>> each = ImmutableList.builder();
    for (int pop = 0; !all.isEmpty() && pop < roundTrips.pops(); pop++) {
      int one = pop;
      each.add(
          all.stream()
              .filter(outage -> outage.pop() == one)
              .collect(ImmutableList.toImmutableList()));
    }
    this.byPop = each.build();
  }

  public ImmutableList<Outage> all() {
    return all;
  }

  public boolean isUp(int pop, long atMillis) {
    return !suffers(pop, Outage.Kind.DOWN, atMillis);
  }

  /** Whether messages between these two get through; a POP always reaches itself while it is up. */
  public boolean canTalk(int a, int b, long atMillis) {
    if (all.isEmpty()) {
      return true;
    }
    boolean bothUp = isUp(a, atMillis) && isUp(b, atMillis);
    return bothUp
        && (a == b
            || (!suffers(a, Outage.Kind.CUT, atMillis) && !suffers(b, Outage.Kind.CUT, atMillis)));
  }

  /** Where a user is led who would be led to {@code pop} if it were up: the nearest that is. */
  public int routed(int pop, long atMillis) {
    if (isUp(pop, atMillis)) {
      return pop;
    }
    int best = pop;
    int least = Integer.MAX_VALUE;
    for (int other = 0; other < roundTrips.pops(); other++) {
      if (other != pop && isUp(other, atMillis) && roundTrips.micros(pop, other) < least) {
        least = roundTrips.micros(pop, other);
        best = other;
      }
    }
    return best;
  }

  private boolean suffers(int pop, Outage.Kind kind, long atMillis) {
    if (all.isEmpty()) {
      return false;
    }
    for (Outage outage : byPop.get(pop)) {
      if (outage.kind() == kind
          && outage.fromMillis() <= atMillis
          && atMillis < outage.untilMillis()) {
        return true;
      }
    }
    return false;
  }
}
