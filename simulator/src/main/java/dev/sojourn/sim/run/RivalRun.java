package dev.sojourn.sim.run;

import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.regret.Schedule;
import dev.sojourn.sim.residency.Residency;
import dev.sojourn.sim.rival.Network;
import dev.sojourn.sim.rival.Served;
import dev.sojourn.sim.rival.Strategy;
import dev.sojourn.sim.setup.Requests;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.tally.Tally;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import dev.sojourn.value.Country;
import java.util.Optional;

/** One strategy on one partition's requests. */
final class RivalRun {
  private final Scenario scenario;
  private final Network network;

  RivalRun(Scenario scenario) {
    this.scenario = scenario;
    this.network =
        new Network(
            scenario.roundTrips(),
            scenario.outages(),
            scenario.timing(),
            scenario.session(),
            scenario.central());
  }

  Tally of(Strategy strategy, Requests requests) {
    Tally tally = new Tally(scenario.lengthMillis());
    for (int session = 0; session < requests.sessions(); session++) {
      serve(strategy, requests, session, tally);
    }
    return tally;
  }

  private void serve(Strategy strategy, Requests requests, int number, Tally tally) {
    Session session = requests.view(number);
    Strategy.Keeping keeping = strategy.open(network, session);
    int begun = 0;
    long usedMillis = 0;
    for (int i = 0; i < session.size(); i++) {
      Request request = session.get(i);
      int before = keeping.place();
      Served served = keeping.serve(request);
      // Only where it can be reached it can be found to have run out.
      boolean hasRunOut =
          served.isAnswered()
              && i > begun
              && request.atMillis() - usedMillis >= scenario.session().idleMillis();
      boolean isAnswered = !hasRunOut && note(request, served, tally);
      if (hasRunOut) {
        tally.failed(request.atMillis());
      } else {
        judge(requests, number, i, keeping, isAnswered, tally);
        tally.copies(keeping.copies());
      }
      noteCost(request, before, keeping.place(), tally);
      if (hasRunOut && i + 1 < session.size()) {
        // Nobody could use it for so long; with the next request the user begins another.
        begun = i + 1;
        keeping = strategy.open(network, session.from(begun));
      }
      usedMillis = isAnswered || i == begun ? request.atMillis() : usedMillis;
    }
  }

  private void noteCost(Request request, int before, int after, Tally tally) {
    Optional<RoundTrips> metric = scenario.metric();
    if (before != Strategy.NO_PLACE && metric.isPresent()) {
      double moveCost = scenario.moving().cost();
      tally.cost(Schedule.costOf(metric.get(), moveCost, before, request.pop(), after != before));
    }
  }

  private boolean note(Request request, Served served, Tally tally) {
    // What was sent and written is so, even where the client has given up on the answer.
    tally.sent(request.atMillis(), served.bytes());
    tally.lost(served.updatesLost());
    if (!served.isAnswered() || served.micros() > scenario.timing().timeoutMillis() * 1_000) {
      tally.failed(request.atMillis());
      return false;
    }
    tally.answered(request.atMillis(), served.micros(), served.isLocal());
    if (served.isStale()) {
      tally.staleRead();
    }
    return true;
  }

  /** What has come of a request, by the policy that ours obeys. */
  private void judge(
      Requests requests,
      int session,
      int index,
      Strategy.Keeping keeping,
      boolean isAnswered,
      Tally tally) {
    if (scenario.residency().isEmpty()) {
      return;
    }
    Residency law = scenario.residency().get();
    Country residency = requests.residency(session);
    int request = requests.firstOf(session) + index;
    int pop = requests.pop(request);
    boolean isStored = keeping.copies() > 0;
    boolean restsWell =
        keeping.place() == Strategy.NO_PLACE
            ? law.mayRestEverywhere(residency)
            : law.mayRest(residency, keeping.place());
    if (isStored && !restsWell) {
      tally.restedAmiss();
    }
    // What is stored nowhere travels whole with each request.
    boolean showsAll = !isStored || index == 0 || !requests.isWrite(request);
    boolean seenWell =
        showsAll
            ? law.mayBeSeen(residency, pop)
            : !requests.isByName(request) || law.mayBeSeenByName(residency, pop);
    if (isAnswered && !seenWell) {
      tally.seenAmiss();
    }
  }
}
