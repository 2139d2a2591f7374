package dev.sojourn.sim.own;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.RuleId;
import dev.sojourn.sim.chance.Draws;
import dev.sojourn.sim.place.Outage;
import dev.sojourn.sim.promise.Promise;
import dev.sojourn.sim.residency.Residency;
import dev.sojourn.sim.setup.Requests;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.tally.Acts;
import dev.sojourn.value.Country;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One partition's users, the cores of all POPs that they meet, and the virtual time that they
 * share. Streams between POPs are up when the run begins; a core hears of one when it is first
 * used. Not thread-safe.
 */
public final class OwnRun implements Node.World {
  private static final Namespace SHOP = new Namespace("shop");

  /** Of sessions that no policy is asked about. */
  private static final Country ANYWHERE = new Country("US");

  /** What clocks show when a run begins. */
  private static final long WALL_MILLIS = 1_800_000_000_000L;

  /** After the last request, until all that is owed was said. */
  private static final long SETTLE_MICROS = 180_000_000;

  /** Until a stream that has gone silent is given up. */
  private static final long SILENCE_MICROS = 3_000_000;

  private final Scenario scenario;
  private final Requests requests;
  private final Watcher watcher;
  private final EventHeap heap = new EventHeap();
  private final Namespace namespace;
  private final Promises promises;
  private final OwnTally tally;
  private final Clients clients;
  private final @Nullable Node[] nodes;
  private final Map<PopId, Integer> indexes = new LinkedHashMap<>();
  private final List<@Nullable Line> lines = new ArrayList<>();
  private final ImmutableMap<Namespace, NamespaceSettings> namespaces;
  private final long seed;
  private long nowMicros;
  private long endMicros;
  private long cores;
  private long messages;

  /**
   * @param partition its number, which with the scenario's seed determines what is drawn
   */
  public OwnRun(Scenario scenario, Requests requests, int partition, Watcher watcher) {
    this.scenario = scenario;
    this.requests = requests;
    this.watcher = watcher;
    this.seed = Draws.mix(scenario.seed() * 7919 + partition);
    this.nodes = new Node[scenario.sites().size()];
    for (int pop = 0; pop < nodes.length; pop++) {
      indexes.put(scenario.sites().get(pop).id(), pop);
    }
    this.tally = new OwnTally(scenario);
    this.namespace = scenario.residency().map(Residency::namespace).orElse(SHOP);
    this.promises = new Promises(scenario.residency().map(Residency::rules));
    this.namespaces = ImmutableMap.of(namespace, settings(scenario));
    this.clients = new Clients(this, scenario, requests, tally, promises, watcher);
  }

  private static NamespaceSettings settings(Scenario scenario) {
    NamespaceSettings standard = NamespaceSettings.defaults();
    long idle = scenario.session().idleMillis();
    long absolute = scenario.lengthMillis() + 2 * idle + 86_400_000L;
    return new NamespaceSettings(
        idle,
        Math.max(idle, standard.idleMillisMax()),
        absolute,
        absolute,
        standard.retryMillis(),
        standard.windowEntriesMax(),
        standard.limits(),
        scenario.moving().strategy(),
        standard.durability(),
        standard.onMissing());
  }

  /**
   * Plays the partition's whole day.
   *
   * @param progress told of every so many requests, with the virtual time
   */
  public OwnTally run(Progress progress) {
    planOutages();
    int[] order = requests.byTime();
    long lastMillis = order.length == 0 ? 0 : requests.atMillis(order[order.length - 1]);
    endMicros = lastMillis * 1_000 + SETTLE_MICROS;
    int next = 0;
    while (true) {
      long asks = next < order.length ? requests.atMillis(order[next]) * 1_000 : Long.MAX_VALUE;
      long happens = heap.nextMicros();
      if (Math.min(asks, happens) > endMicros) {
        break;
      }
      if (happens <= asks) {
        nowMicros = happens;
        heap.poll().run();
      } else {
        nowMicros = asks;
        clients.ask(order[next++]);
        if ((next & 0xfff) == 0) {
          progress.passed(0x1000, nowMicros / 1_000);
        }
      }
    }
    progress.passed(order.length & 0xfff, scenario.lengthMillis());
    clients.verifyAtRest();
    tally.finish(promises.checks(), heap.planned(), cores);
    return tally;
  }

  /** Hears how far a run has come. Called by several threads. */
  public interface Progress {
    Progress NONE = (requests, atMillis) -> {};

    void passed(long requests, long atMillis);
  }

  @Override
  public long nowMicros() {
    return nowMicros;
  }

  long nowMillis() {
    return nowMicros / 1_000;
  }

  @Override
  public long wallMillis() {
    return WALL_MILLIS + nowMicros / 1_000;
  }

  @Override
  public void after(long micros, Runnable action) {
    heap.add(nowMicros + micros, action);
  }

  @Override
  public long syncMicros() {
    return scenario.timing().syncMicros();
  }

  @Override
  public boolean isLateByChance() {
    return !scenario.timing().jitter().isNone();
  }

  int indexOf(PopId pop) {
    return indexes.getOrDefault(pop, 0);
  }

  /** Begins a session; its key hash says which it is, so that nothing need be looked up. */
  Line newLine(int session, int pop) {
    long unique = Draws.mix(seed + session) ^ lines.size();
    KeyHash key = Identity.key(unique, lines.size());
    Country residency = scenario.residency().isPresent() ? requests.residency(session) : ANYWHERE;
    Line line = new Line(lines.size(), session, key, pop, residency, this::indexOf);
    lines.add(line);
    return line;
  }

  Namespace namespace() {
    return namespace;
  }

  @Nullable Line line(KeyHash key) {
    return lines.get(Identity.line(key));
  }

  @Nullable Line lineAt(int index) {
    return lines.get(index);
  }

  /** All sessions that anything is left of; a copy, so that new ones may begin meanwhile. */
  List<@Nullable Line> lines() {
    return new ArrayList<>(lines);
  }

  Node node(int pop) {
    Node found = nodes[pop];
    if (found == null) {
      cores++;
      found =
          new Node(
              pop,
              scenario.sites().get(pop).id(),
              this,
              namespaces,
              scenario.residency().map(Residency::policy),
              seed);
      nodes[pop] = found;
    }
    return found;
  }

  boolean hadFaults() {
    return !scenario.outages().all().isEmpty();
  }

  @Override
  public void perform(Node node, Effect effect) {
    if (effect instanceof Effect.Answer answer) {
      clients.answered(node, answer);
    } else if (effect instanceof Effect.Count count) {
      tally.counted(count.step());
    } else if (effect instanceof Effect.Send send) {
      send(node, send);
    } else if (effect instanceof Effect.Load load) {
      later(
          node,
          scenario.timing().loadMicros(),
          () -> node.handle(new Event.RecordLoaded(load.key(), stored(node, load.key()))));
    } else if (effect instanceof Effect.SetTimer set) {
      long micros = Math.max(nowMicros, (set.atMillis() - WALL_MILLIS) * 1_000);
      later(node, micros - nowMicros, () -> node.handle(new Event.TimerFired(set.timer())));
    } else if (effect instanceof Effect.Alarm alarm) {
      Line line = line(alarm.key());
      if (line != null) {
        promises.verify(Promise.NO_ALARM, false, line, () -> alarm.kind().toString());
      }
    }
    // A timer that was cancelled may fire all the same.
  }

  /** Does something unless the POP has died meanwhile. */
  void later(Node node, long micros, Runnable action) {
    int life = node.life();
    after(
        micros,
        () -> {
          if (node.life() == life) {
            action.run();
          }
        });
  }

  private Optional<SessionRecord> stored(Node node, KeyHash key) {
    Line line = line(key);
    return line == null ? Optional.empty() : line.record(node.pop());
  }

  private void send(Node from, Effect.Send send) {
    Node to = node(indexOf(send.to()));
    long oneWay = scenario.roundTrips().oneWayMicros(from.pop(), to.pop());
    if (!scenario.outages().canTalk(from.pop(), to.pop(), nowMillis())) {
      // A dead process refuses at once; one that is cut off only stays silent.
      long until = to.isUp() ? SILENCE_MICROS : 2 * oneWay;
      later(from, until, () -> from.handle(new Event.PeerDisconnected(to.id())));
      return;
    }
    if (!from.isConnected(to)) {
      from.connect(to, RecordFormat.CURRENT);
      to.connect(from, RecordFormat.CURRENT);
    }
    PeerMessage message = send.message();
    tally.sent(nowMillis(), MessageSize.of(message));
    Line line = line(send.key());
    if (line != null) {
      promises.said(line, to.id(), message);
    }
    long late = scenario.timing().jitter().micros(seed + ++messages, from.pop(), to.pop());
    long arrives = from.inOrder(to, oneWay + late + scenario.timing().serviceMicros());
    watcher.sent(
        nowMicros, nowMicros + arrives, from.pop(), to.pop(), sessionOf(send.key()), message);
    int fromStreams = from.streams();
    int toStreams = to.streams();
    after(
        arrives,
        () -> {
          if (from.streams() == fromStreams && to.streams() == toStreams) {
            to.handle(new Event.MessageReceived(from.id(), send.key(), message));
          }
        });
  }

  private int sessionOf(KeyHash key) {
    Line line = line(key);
    return line == null ? -1 : line.session();
  }

  @Override
  public void stored(Node node, Commit commit) {
    commit.entries().forEach(this::note);
    for (RecordWrite write : commit.writes()) {
      Line line = line(write.key());
      if (line == null) {
        continue;
      }
      SessionRecord before = line.store(node.pop(), write.record(), write.dueAtMillis());
      promises.stored(line, node.pop(), before, write.record().orElse(SessionRecord.NONE));
      write.record().ifPresent(record -> promises.rests(line, node.id(), record));
      watcher.stored(nowMicros, node.pop(), line.session(), write.record());
      planDue(node, line);
      if (line.ended && line.stores() == 0 && clients.isDone(line)) {
        lines.set(line.index(), null);
      }
    }
  }

  /** What the POP's ledger would hold. */
  private void note(LedgerEntry entry) {
    Line line = line(entry.session());
    if (line == null) {
      return;
    }
    if (entry.act() == LedgerEntry.Act.MOVED) {
      tally.handedOff(nowMillis(), indexOf(entry.from()), indexOf(entry.to()));
    }
    String country = scenario.sites().get(indexOf(entry.to())).law().code();
    for (String dataClass : entry.classes()) {
      tally
          .acts()
          .add(
              new Acts.Act(
                  dataClass,
                  line.residency().code(),
                  entry.act().word(),
                  country,
                  rules(dataClass, line.residency(), entry.to())));
    }
  }

  /** Which rules decide for that class there: an entry names those of all its classes together. */
  private String rules(String dataClass, Country residency, PopId pop) {
    NamespacePolicy rules = scenario.residency().orElseThrow().rules();
    return rules.classes().stream()
        .filter(each -> each.name().equals(dataClass))
        .map(each -> rules.decide(residency, each, pop))
        .flatMap(
            decision -> Stream.concat(decision.deciding().stream(), decision.erring().stream()))
        .map(RuleId::name)
        .distinct()
        .collect(Collectors.joining("+"));
  }

  private void planDue(Node node, Line line) {
    if (!line.planDue(node.pop())) {
      return;
    }
    long due = (line.dueMillis(node.pop()) - WALL_MILLIS) * 1_000;
    if (due > endMicros) {
      line.unplan(node.pop());
      return;
    }
    after(Math.max(0, due - nowMicros), () -> due(node, line, due));
  }

  private void due(Node node, Line line, long plannedMicros) {
    line.unplan(node.pop());
    boolean isDue = line.dueMillis(node.pop()) <= wallMillis();
    if (isDue && node.isUp()) {
      node.handle(new Event.RecordDue(line.key()));
    } else if (!isDue && plannedMicros <= nowMicros) {
      planDue(node, line);
    }
  }

  private void planOutages() {
    for (Outage outage : scenario.outages().all()) {
      heap.add(outage.fromMillis() * 1_000, () -> begin(outage));
      heap.add(outage.untilMillis() * 1_000, () -> end(outage));
    }
  }

  private void begin(Outage outage) {
    Node node = node(outage.pop());
    boolean dies = outage.kind() == Outage.Kind.DOWN;
    for (int peer : node.peers()) {
      Node other = node(peer);
      long notices = dies ? scenario.roundTrips().oneWayMicros(node.pop(), peer) : SILENCE_MICROS;
      later(other, notices, () -> other.disconnect(node));
      if (!dies) {
        later(node, SILENCE_MICROS, () -> node.handle(new Event.PeerDisconnected(other.id())));
      }
    }
    if (dies) {
      node.crash();
      clients.cutOff(node);
    } else {
      node.breakStreams();
    }
  }

  private void end(Outage outage) {
    Node node = node(outage.pop());
    if (outage.kind() == Outage.Kind.DOWN && !node.isUp()) {
      node.start();
      for (Line line : lines) {
        if (line != null) {
          planDue(node, line);
        }
      }
    }
  }
}
