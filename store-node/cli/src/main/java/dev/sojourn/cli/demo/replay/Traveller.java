package dev.sojourn.cli.demo.replay;

import dev.sojourn.cli.demo.data.Journey;
import dev.sojourn.cli.demo.data.RoundTrips;
import dev.sojourn.cli.demo.data.Stop;
import dev.sojourn.cli.demo.net.WideAreaNetwork;
import dev.sojourn.cli.demo.node.Cluster;
import dev.sojourn.cli.demo.report.Request;
import dev.sojourn.client.Field;
import dev.sojourn.client.NewSession;
import dev.sojourn.client.Outcome;
import dev.sojourn.client.Session;
import dev.sojourn.value.PopId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One traveller with a browser: carries a hint and nothing else from POP to POP, and remembers what
 * was acknowledged in order to ask for all of it in the end.
 */
final class Traveller {
  private static final String COUNTER = "writes";

  private final Journey journey;
  private final Cluster cluster;
  private final WideAreaNetwork network;
  private final RoundTrips roundTrips;
  private final Settling settling;
  private final Map<String, String> acknowledged = new LinkedHashMap<>();
  private final List<Request> requests = new ArrayList<>();
  private Optional<String> hint = Optional.empty();
  private Optional<PopId> owner = Optional.empty();

  Traveller(
      Journey journey,
      Cluster cluster,
      WideAreaNetwork network,
      RoundTrips roundTrips,
      Settling settling) {
    this.journey = journey;
    this.cluster = cluster;
    this.network = network;
    this.roundTrips = roundTrips;
    this.settling = settling;
  }

  /** Everything that the traveller does at one stop: several reads and writes at an arrival. */
  void visit(int number) throws InterruptedException {
    Stop stop = journey.stops().get(number);
    boolean arrives = owner.isEmpty() || !owner.get().equals(stop.site().pop());
    // Moves must cost the same whether the first request reads or writes, so both take turns.
    if (arrives && number % 2 == 0) {
      write(stop, number + "a");
      read(stop);
      write(stop, number + "b");
    } else if (arrives) {
      read(stop);
      write(stop, number + "a");
      read(stop);
    } else {
      write(stop, number + "a");
      read(stop);
    }
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Of the acknowledged writes, how many are there now, each applied exactly once. */
  int verifiedWrites() {
    Map<String, Field> fields = sessionAt(journey.stops().get(0).site().pop()).fields();
    int found = 0;
    for (Map.Entry<String, String> write : acknowledged.entrySet()) {
      Field field = fields.get(write.getKey());
      if (field != null && field.text().equals(write.getValue())) {
        found++;
      }
    }
    Field counter = fields.get(COUNTER);
    long counted = counter == null ? 0 : counter.number().orElse(0);
    // A write that was applied twice shows in the counter alone, and then none of them is certain.
    return counted == acknowledged.size() ? found : Math.min(found, acknowledged.size() - 1);
  }

  int payloadCopies() throws InterruptedException {
    settling.await(hint.orElseThrow());
    return settling.payloadCopies(hint.orElseThrow());
  }

  private void read(Stop stop) throws InterruptedException {
    Session session = sessionAt(stop.site().pop());
    record(stop, session, false, session::fields);
  }

  private void write(Stop stop, String number) throws InterruptedException {
    Session session = sessionAt(stop.site().pop());
    String field = "stop-" + number;
    String value = stop.day() + " " + stop.place();
    session.increment(COUNTER, 1).putText(field, value);
    record(stop, session, true, session::save);
    acknowledged.put(field, value);
  }

  private Session sessionAt(PopId pop) {
    return hint.map(cluster.client(pop)::resume)
        .orElseGet(() -> cluster.client(pop).start(NewSession.defaults().residency("US")));
  }

  private void record(Stop stop, Session session, boolean write, Runnable call)
      throws InterruptedException {
    boolean creates = hint.isEmpty();
    PopId pop = stop.site().pop();
    long sentBefore = cluster.messagesSent(pop);
    long start = System.nanoTime();
    call.run();
    Duration latency = Duration.ofNanos(System.nanoTime() - start);
    long messagesSent = cluster.messagesSent(pop) - sentBefore;
    Outcome outcome = session.lastOutcome().orElseThrow();
    Request.How how = creates ? Request.How.CREATED : howOf(outcome);
    requests.add(
        new Request(
            journey.traveller(),
            stop.day(),
            stop.place(),
            pop,
            write,
            how,
            outcome.roundTrips(),
            how == Request.How.MOVED || how == Request.How.REMOTE ? link(pop) : Optional.empty(),
            latency,
            outcome.epoch(),
            outcome.version(),
            messagesSent));
    hint = session.hint();
    owner = Optional.of(new PopId(outcome.ownerPop()));
    if (how != Request.How.LOCAL) {
      settling.await(hint.orElseThrow());
    }
  }

  private Optional<Request.LinkUsed> link(PopId pop) {
    PopId other = owner.orElseThrow();
    if (other.equals(pop)) {
      return Optional.empty();
    }
    return Optional.of(
        new Request.LinkUsed(
            other, roundTrips.between(pop, other), network.appliedRoundTrip(pop, other)));
  }

  private static Request.How howOf(Outcome outcome) {
    return switch (outcome.how()) {
      case LOCAL -> Request.How.LOCAL;
      case GRANTED -> Request.How.MOVED;
      case EXECUTED_REMOTELY -> Request.How.REMOTE;
    };
  }
}
