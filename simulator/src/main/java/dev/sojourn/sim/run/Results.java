package dev.sojourn.sim.run;

import com.google.common.collect.ImmutableList;
import dev.sojourn.sim.own.OwnTally;
import dev.sojourn.sim.regret.Regret;
import dev.sojourn.sim.rival.Strategy;
import dev.sojourn.sim.setup.Requests;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.tally.Tally;
import java.util.ArrayList;
import java.util.List;

/** All that a run has shown. */
public final class Results {
  private final Scenario scenario;
  private final OwnTally own;
  private final List<Tally> rivals = new ArrayList<>();
  private final Regret regret;
  private final long[] requestsOfPop;
  private long users;
  private long sessions;
  private long requests;
  private ImmutableList<Story.Entry> story = ImmutableList.of();

  Results(Scenario scenario) {
    this.scenario = scenario;
    this.own = new OwnTally(scenario);
    this.requestsOfPop = new long[scenario.sites().size()];
    this.regret = new Regret(scenario.metric(), scenario.moving().cost());
    for (Strategy unused : scenario.rivals()) {
      rivals.add(new Tally(scenario.lengthMillis()));
    }
  }

  /** Takes note of one partition's requests. */
  void addRequests(Requests those, int thoseUsers) {
    users += thoseUsers;
    sessions += those.sessions();
    requests += those.size();
    for (int i = 0; i < those.size(); i++) {
      requestsOfPop[those.pop(i)]++;
    }
  }

  void tell(ImmutableList<Story.Entry> entries) {
    story = entries;
  }

  /** Puts another partition's to it; in the order of partitions, since sums of fractions differ. */
  void add(Results other) {
    own.add(other.own);
    for (int i = 0; i < rivals.size(); i++) {
      rivals.get(i).add(other.rivals.get(i));
    }
    regret.add(other.regret);
    for (int pop = 0; pop < requestsOfPop.length; pop++) {
      requestsOfPop[pop] += other.requestsOfPop[pop];
    }
    users += other.users;
    sessions += other.sessions;
    requests += other.requests;
    if (story.isEmpty()) {
      story = other.story;
    }
  }

  public Scenario scenario() {
    return scenario;
  }

  public OwnTally own() {
    return own;
  }

  /** In the order of the scenario's rivals. */
  public Tally rival(int index) {
    return rivals.get(index);
  }

  public Regret regret() {
    return regret;
  }

  public long requestsOfPop(int pop) {
    return requestsOfPop[pop];
  }

  public long users() {
    return users;
  }

  public long sessions() {
    return sessions;
  }

  public long requests() {
    return requests;
  }

  /** What happened to one session of ours, in the order of time. */
  public ImmutableList<Story.Entry> story() {
    return story;
  }
}
