package dev.sojourn.server.policy;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.config.Topology;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Desks of several POPs, with real files, in virtual time, and a network between them that does
 * whatever the seed says.
 */
final class DeskWorld {
  final Topology topology;
  final List<PopId> pops;
  long nowMillis = 1_000;

  private final Path directory;
  private final Optional<PolicySigners> signers;
  private final Random random;
  private final Map<PopId, HeldPolicies> held = new HashMap<>();
  private final Map<PopId, RolloutDesk> desks = new HashMap<>();
  private final Set<PopId> older = new HashSet<>();
  private final Set<Set<PopId>> links = new HashSet<>();
  private final List<Message> under = new ArrayList<>();
  private final List<Runnable> dials = new ArrayList<>();

  private record Message(PopId from, PopId to, PolicyNews news) {}

  DeskWorld(Path directory, PolicySigners signers, long seed, PopId... pops) {
    this.directory = directory;
    this.signers = Optional.of(signers);
    this.random = new Random(seed);
    this.pops = List.of(pops);
    this.topology = Texts.topology(pops);
  }

  /** A POP whose release knows nothing of this: whatever is told to it is a failure. */
  void startOlder(PopId pop) {
    older.add(pop);
  }

  void start(PopId pop) throws IOException, RolloutUnusable {
    Path own = directory.resolve(pop.name());
    Files.createDirectories(own);
    String first = Texts.policy("first", "US");
    held.put(pop, HeldPolicies.open(pop, own, first, signers, topology, nowMillis));
    PolicyPosts posts =
        new PolicyPosts() {
          @Override
          public void send(PopId to, PolicyNews news) {
            if (older.contains(to)) {
              throw new AssertionError("an older release is told " + news);
            }
            if (links.contains(Set.of(pop, to))) {
              under.add(new Message(pop, to, news));
            }
          }

          @Override
          public void dial(PopId to) {
            dials.add(() -> connect(pop, to));
          }

          @Override
          public void obey(PolicyInForce policy, boolean toSweep) {}
        };
    desks.put(
        pop,
        new RolloutDesk(
            pop, Optional.of(held(pop)), signers, topology, posts, new Shadows(() -> 0, () -> 0)));
  }

  /** As a crash does: what is under way is lost, and what is on disk is there again. */
  void restart(PopId pop) throws IOException, RolloutUnusable {
    for (PopId other : pops) {
      disconnect(pop, other);
    }
    start(pop);
  }

  HeldPolicies held(PopId pop) {
    return Optional.ofNullable(held.get(pop)).orElseThrow();
  }

  RolloutDesk desk(PopId pop) {
    return Optional.ofNullable(desks.get(pop)).orElseThrow();
  }

  private void connect(PopId one, PopId other) {
    boolean isReal = desks.containsKey(one) && (desks.containsKey(other) || older.contains(other));
    if (isReal && !one.equals(other) && links.add(Set.of(one, other))) {
      desk(one).connected(other, !older.contains(other), nowMillis);
      if (desks.containsKey(other)) {
        desk(other).connected(one, true, nowMillis);
      }
    }
  }

  void disconnect(PopId one, PopId other) {
    if (!one.equals(other) && links.remove(Set.of(one, other))) {
      under.removeIf(each -> Set.of(each.from(), each.to()).equals(Set.of(one, other)));
      Optional.ofNullable(desks.get(one)).ifPresent(desk -> desk.disconnected(other));
      Optional.ofNullable(desks.get(other)).ifPresent(desk -> desk.disconnected(one));
    }
  }

  PopId anyPop() {
    return pops.get(random.nextInt(pops.size()));
  }

  /**
   * Something happens: a message arrives, is lost or arrives twice, a link breaks, time goes by.
   */
  void step() {
    int what = random.nextInt(10);
    if (what < 6 && !under.isEmpty()) {
      Message message = under.remove(random.nextInt(under.size()));
      int fate = random.nextInt(8);
      if (fate > 0) {
        deliver(message);
      }
      if (fate == 7) {
        deliver(message);
      }
    } else if (what < 7) {
      disconnect(anyPop(), anyPop());
    } else if (what < 8) {
      dials.clear();
    } else {
      nowMillis += random.nextInt(5_000);
      dialAll();
      desks.values().forEach(desk -> desk.tick(nowMillis));
    }
  }

  private void deliver(Message message) {
    desk(message.to()).told(message.from(), message.news(), nowMillis);
  }

  private void dialAll() {
    List<Runnable> all = new ArrayList<>(dials);
    dials.clear();
    all.forEach(Runnable::run);
  }

  /** For five minutes nothing goes wrong. */
  void heal() {
    long endMillis = nowMillis + 300_000;
    while (nowMillis < endMillis) {
      nowMillis += 1_000;
      desks.values().forEach(desk -> desk.tick(nowMillis));
      dialAll();
      while (!under.isEmpty()) {
        deliver(under.remove(0));
      }
    }
  }

  /** Nothing that is under way arrives, and all links stay up. */
  void loseAll() {
    under.clear();
  }

  /** Messages that are under way. */
  int underWay() {
    return under.size();
  }
}
