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
    Optional<RoundTrips> metric = scenario.metric();
    for (int i = 0; i < session.size(); i++) {
      Request request = session.get(i);
      int before = keeping.place();
      Served served = keeping.serve(request);
      boolean isAnswered = note(request, served, tally);
      if (scenario.residency().isPresent()) {
        judge(scenario.residency().get(), requests, number, i, keeping, isAnswered, tally);
      }
      tally.copies(keeping.copies());
      if (before != Strategy.NO_PLACE && metric.isPresent()) {
        boolean moves = keeping.place() != before;
        tally.cost(
            Schedule.costOf(metric.get(), scenario.moving().cost(), before, request.pop(), moves));
      }
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
  private static void judge(
      Residency law,
      Requests requests,
      int session,
      int index,
      Strategy.Keeping keeping,
      boolean isAnswered,
      Tally tally) {
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
