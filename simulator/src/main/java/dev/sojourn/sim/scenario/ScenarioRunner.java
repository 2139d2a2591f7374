package dev.sojourn.sim.scenario;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.NamespaceSettings.OnMissing;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.Operation;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.sim.scenario.Scenario.Line;
import dev.sojourn.sim.world.Ask;
import dev.sojourn.sim.world.Boundary.Moment;
import dev.sojourn.sim.world.Core;
import dev.sojourn.sim.world.Crash;
import dev.sojourn.sim.world.Device;
import dev.sojourn.sim.world.Disk;
import dev.sojourn.sim.world.Fate;
import dev.sojourn.sim.world.Healing;
import dev.sojourn.sim.world.Invariants;
import dev.sojourn.sim.world.Keys;
import dev.sojourn.sim.world.Law;
import dev.sojourn.sim.world.Network;
import dev.sojourn.sim.world.Patience;
import dev.sojourn.sim.world.Sent;
import dev.sojourn.sim.world.World;
import dev.sojourn.sim.world.WorldSettings;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Plays one scenario. Every invariant watches throughout; at the end everything heals and every
 * hint is tried, whether the scenario says so or not.
 */
public final class ScenarioRunner {
  private static final long RUN_MILLIS = 1_000;
  private static final long LATE_MILLIS = 3_000;

  /** Longer than scenarios take between a write and a crash. */
  private static final long ASYNC_INTERVAL_MILLIS = 20_000;

  private final Scenario scenario;
  private final FaultScript faults = new FaultScript();
  private final Map<String, Ask> asks = new LinkedHashMap<>();
  private final Map<PopId, Disk.Copy> copies = new LinkedHashMap<>();
  private WorldSettings settings = WorldSettings.of(1, "bos", "nyc", "tyo");
  private Optional<World> world = Optional.empty();
  private boolean alarmed;

  public ScenarioRunner(Scenario scenario) {
    this(scenario, Core.REAL);
  }

  /** With another core in place of the real one, such as a mutant. */
  public ScenarioRunner(Scenario scenario, Core.Maker maker) {
    this.scenario = scenario;
    this.settings = settings.moving(MoveStrategy.always()).running(maker);
  }

  /** The world as the scenario left it. */
  public World run() {
    for (Line line : scenario.lines()) {
      try {
        play(line);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            line.file()
                + ":"
                + line.number()
                + ": `"
                + line.text()
                + "`: "
                + e.getMessage()
                + "\n"
                + trace(),
            e);
      }
    }
    try {
      Healing.heal(world());
      Expectations.require(faults.unused().isEmpty(), "never came about: " + faults.unused());
      Expectations.require(alarmed || world().alarms().isEmpty(), "alarms: " + world().alarms());
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          scenario.name() + ", healing: " + e.getMessage() + "\n" + trace(), e);
    }
    return world();
  }

  private String trace() {
    return String.join("\n", world().trace().lines());
  }

  private World world() {
    if (world.isEmpty()) {
      world = Optional.of(new World(settings, faults, Invariants.all(settings)));
    }
    return world.get();
  }

  private void play(Line line) {
    List<String> words = line.words();
    List<String> rest = words.subList(1, words.size());
    switch (words.get(0)) {
      case "pops", "seed", "move", "network", "sync", "durability", "law" ->
          setUp(line, words.get(0), rest);
      case "rtt" ->
          world().network().setRttMillis(pop(rest.get(0)), pop(rest.get(1)), millis(rest.get(2)));
      case "run" -> world().run(rest.isEmpty() ? RUN_MILLIS : millis(rest.get(0)));
      case "rest" -> Healing.heal(world());
      case "retry" -> ask(rest.get(0)).send(pop(rest.get(2)));
      case "hold", "lose", "break-with", "repeat", "delay", "swap" -> message(words.get(0), rest);
      case "release" -> release(rest);
      case "discard" -> world().network().discard(matching(rest));
      case "crash" -> crash(rest);
      case "stop" -> world().stop(pop(rest.get(0)));
      case "restart" -> world().start(pop(rest.get(0)));
      case "partition" -> world().network().partition(pop(rest.get(0)), pop(rest.get(1)));
      case "heal" -> world().network().heal();
      case "break" -> world().network().breakStream(pop(rest.get(0)), pop(rest.get(1)));
      case "disk" ->
          world()
              .pop(pop(rest.get(2)))
              .handle(new Event.StorageSpaceChanged(rest.get(0).equals("free")));
      case "copy-disk" -> copies.put(pop(rest.get(0)), world().pop(pop(rest.get(0))).disk().copy());
      case "lose-disk" -> world().loseDisk(pop(rest.get(0)), Crash.UNTIL_HEALED);
      case "put-back-disk" -> putBack(line, pop(rest.get(0)));
      case "drain" -> world().pop(pop(rest.get(0))).handle(new Event.DrainStarted());
      case "obey" ->
          world().obey(pop(rest.get(0)), law(rest.get(1), residency()).policy().orElseThrow());
      case "expect" -> expect(line, rest);
      default -> client(line, words);
    }
  }

  private void setUp(Line line, String what, List<String> rest) {
    if (world.isPresent()) {
      throw line.wrong("the world is already running");
    }
    switch (what) {
      case "pops" ->
          settings = renewed(WorldSettings.of(settings.seed(), rest.toArray(new String[0])));
      case "move" -> settings = settings.moving(strategy(rest.get(0)));
      case "sync" -> settings = settings.syncingIn(millis(rest.get(0)));
      case "durability" -> settings = durable(rest);
      case "law" -> settings = settings.obeying(law(rest.get(0), rest.get(2)));
      case "network" ->
          settings =
              settings.onNetwork(Network.Mode.valueOf(rest.get(0).toUpperCase(Locale.ROOT)), 0);
      default ->
          settings =
              renewed(
                  WorldSettings.of(
                      Long.parseLong(rest.get(0)),
                      settings.pops().stream().map(PopId::name).toArray(String[]::new)));
    }
  }

  private WorldSettings durable(List<String> rest) {
    boolean goesOn = rest.contains("going-on");
    return settings
        .syncingEvery(ASYNC_INTERVAL_MILLIS)
        .withNamespace(
            settings
                .namespace()
                .withDurability(
                    Durability.valueOf(rest.get(0).toUpperCase(Locale.ROOT)),
                    goesOn ? OnMissing.GO_ON : OnMissing.FAIL));
  }

  private String residency() {
    return settings.law().residency().code();
  }

  /** {@code law identity-at-home for DE}, from the file of that name. */
  private Law law(String name, String residency) {
    String file = "/policies/" + name + ".yaml";
    try (InputStream in = ScenarioRunner.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no policy `" + name + "`");
      }
      String policy = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<PopId> pops = settings.pops();
      // In a row from west to east, the world's middle in its middle.
      return Law.of(
          policy,
          residency,
          pops,
          (one, other) -> Math.abs(pops.indexOf(one) - pops.indexOf(other)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WorldSettings renewed(WorldSettings fresh) {
    return fresh
        .obeying(settings.law())
        .withNamespace(settings.namespace())
        .onNetwork(settings.mode(), 0)
        .syncingEvery(settings.syncIntervalMillis())
        .running(settings.maker());
  }

  private static MoveStrategy strategy(String name) {
    return switch (name) {
      case "always" -> MoveStrategy.always();
      case "never" -> MoveStrategy.never();
      default -> MoveStrategy.standard();
    };
  }

  /** {@code r1: alice at bos puts cart=1 and gets cart, with the hint of r0, patiently}. */
  private void client(Line line, List<String> words) {
    String[] parts = line.text().split("\\s*,\\s*");
    List<String> clause = List.of(parts[0].split("\\s+"));
    boolean labelled = words.get(0).endsWith(":");
    int at = labelled ? 2 : 1;
    if (words.size() < at + 3 || !words.get(at).equals("at")) {
      throw line.wrong("neither a command nor `NAME at POP does something`");
    }
    Device device = world().device(words.get(at - 1));
    Patience patience = Patience.ONCE;
    Optional<Hint> hint = device.hint();
    Credential credential = Credential.GENUINE;
    for (String option : List.of(parts).subList(1, parts.length)) {
      String last = option.substring(option.lastIndexOf(' ') + 1);
      if (option.equals("patiently")) {
        patience = Patience.STUBBORN;
      } else if (option.equals("without a hint")) {
        hint = Optional.empty();
      } else if (option.equals("with a forged hint")) {
        credential = Credential.FORGED;
      } else if (option.startsWith("with the hint of ")) {
        hint = hintOf(last);
      } else {
        throw line.wrong("`" + option + "` is not an option of a request");
      }
    }
    ImmutableList<Operation> operations = Operations.parse(clause.subList(at + 2, clause.size()));
    Ask ask = device.ask(pop(words.get(at + 1)), patience, hint, credential, operations);
    String name = labelled ? words.get(0) : device.name();
    asks.put(name.replace(":", ""), ask);
  }

  /** The hint that a request was answered with, or that a client carries now. */
  private Optional<Hint> hintOf(String name) {
    Ask ask = asks.get(name);
    return ask == null
        ? world().device(name).hint()
        : ask.success().flatMap(success -> success.hint());
  }

  private Ask ask(String label) {
    Ask ask = asks.get(label);
    if (ask == null) {
      throw new IllegalArgumentException("there is no request `" + label + "`");
    }
    return ask;
  }

  private void message(String verb, List<String> rest) {
    boolean every = rest.get(0).equals("every");
    Predicate<Sent> matching = matching(every ? rest.subList(1, rest.size()) : rest);
    int by = rest.indexOf("by");
    long millis = by < 0 ? LATE_MILLIS : millis(rest.get(by + 1));
    Fate fate =
        switch (verb) {
          case "hold" -> Fate.HELD;
          case "lose" -> Fate.LOST;
          case "break-with" -> Fate.LOST_WITH_STREAM;
          case "repeat" -> Fate.repeatedAfter(millis);
          case "delay" -> Fate.lateBy(millis);
          default -> Fate.SWAPPED;
        };
    faults.rule(matching, fate, !every && !verb.equals("hold"));
  }

  private void release(List<String> rest) {
    faults.stopHolding();
    int released = world().network().release(matching(rest));
    Expectations.require(released > 0, "nothing was held");
  }

  /** {@code Granted from bos to nyc}. */
  private static Predicate<Sent> matching(List<String> words) {
    Predicate<Sent> all = sent -> words.isEmpty() || sent.kind().equals(words.get(0));
    for (int i = 1; i + 1 < words.size(); i++) {
      PopId pop;
      switch (words.get(i)) {
        case "from" -> {
          pop = pop(words.get(i + 1));
          all = all.and(sent -> sent.from().equals(pop));
        }
        case "to" -> {
          pop = pop(words.get(i + 1));
          all = all.and(sent -> sent.to().equals(pop));
        }
        default -> {}
      }
    }
    return all;
  }

  /** {@code bos}, or {@code bos before-sync Granted keeping everything}. */
  private void crash(List<String> rest) {
    PopId victim = pop(rest.get(0));
    Crash.Kept kept = Crash.Kept.NOTHING;
    int end = rest.size();
    if (rest.contains("keeping")) {
      end = rest.indexOf("keeping");
      kept = Crash.Kept.valueOf(rest.get(end + 1).toUpperCase(Locale.ROOT));
    }
    Crash crash = new Crash(victim, kept, Crash.UNTIL_HEALED);
    if (end == 1) {
      world().crash(crash);
    } else {
      String moment = rest.get(1).toUpperCase(Locale.ROOT).replace('-', '_');
      String what = String.join(" ", rest.subList(2, end));
      faults.arm(victim, Moment.valueOf(moment), what, crash);
    }
  }

  private void putBack(Line line, PopId pop) {
    Disk.Copy copy = copies.get(pop);
    if (copy == null) {
      throw line.wrong("no copy was made of that disk");
    }
    world().putBackDisk(pop, copy, Crash.UNTIL_HEALED);
  }

  private void expect(Line line, List<String> rest) {
    List<String> wanted = rest.subList(1, rest.size());
    switch (rest.get(0)) {
      case "payloads" -> Expectations.payloads(world(), session(), Integer.parseInt(wanted.get(0)));
      case "steps" -> Expectations.steps(world(), wanted);
      case "sent" ->
          Expectations.require(
              faults.sent(wanted.get(0)) == Integer.parseInt(wanted.get(1)),
              "sent " + faults.sent(wanted.get(0)));
      case "alarm" -> {
        alarmed = true;
        String alarm = String.join(" ", wanted);
        Expectations.require(world().alarms().contains(alarm), "alarms: " + world().alarms());
      }
      case "held" ->
          Expectations.require(
              world().network().held(matching(wanted)).isPresent(), "nothing is held");
      default -> {
        if (asks.containsKey(rest.get(0))) {
          Expectations.answer(ask(rest.get(0)), wanted);
        } else if (wanted.get(0).equals("has")) {
          Expectations.record(
              world(), pop(rest.get(0)), session(), wanted.subList(1, wanted.size()));
        } else {
          throw line.wrong("neither a request nor a POP");
        }
      }
    }
  }

  /** The session that the scenario is about: the first that any client was given a hint for. */
  private KeyHash session() {
    for (Device device : world().devices()) {
      for (Hint hint : device.received()) {
        return Keys.hash(new SessionKey(World.NAMESPACE, hint.id()));
      }
    }
    throw new IllegalArgumentException("no client has a session yet");
  }

  private static PopId pop(String name) {
    return new PopId(name.replace(",", ""));
  }

  private static long millis(String text) {
    if (text.endsWith("ms")) {
      return Long.parseLong(text.substring(0, text.length() - 2));
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 'h' -> number * 3_600_000;
      case 'm' -> number * 60_000;
      case 's' -> number * 1_000;
      default -> throw new IllegalArgumentException("`" + text + "` is no duration: 3s, 200ms");
    };
  }
}
