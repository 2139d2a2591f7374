package dev.sojourn.sim.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.move.QuietOrCoin;
import dev.sojourn.sim.mobility.Replay;
import dev.sojourn.sim.mobility.Visits;
import dev.sojourn.sim.mobility.Workload;
import dev.sojourn.sim.place.Outage;
import dev.sojourn.sim.place.Outages;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.place.Sites;
import dev.sojourn.sim.regret.Regret;
import dev.sojourn.sim.residency.Residency;
import dev.sojourn.sim.rival.OfflineOptimum;
import dev.sojourn.sim.rival.Rivals;
import dev.sojourn.sim.rival.Strategy;
import dev.sojourn.sim.run.Simulation;
import dev.sojourn.sim.setup.Scenario;
import dev.sojourn.sim.setup.Scenario.Group;
import dev.sojourn.sim.setup.Scenario.Population;
import dev.sojourn.sim.terms.Jitter;
import dev.sojourn.sim.terms.Moving;
import dev.sojourn.sim.terms.SessionShape;
import dev.sojourn.sim.terms.Timing;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import dev.sojourn.yaml.YamlValue;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads a scenario file; docs/simulator.md says what it may hold. */
public final class ScenarioReader {
  private static final long DAY = 86_400_000;
  private static final int USERS_MAX = 50_000_000;
  private static final int REQUESTS_MAX = 100_000;
  private static final String OURS = "ours";
  private static final String OPTIMUM = "offline-optimum";

  private final Problems problems;
  private final Sources sources;
  private final OptionalLong seed;

  private ScenarioReader(Problems problems, Sources sources, OptionalLong seed) {
    this.problems = problems;
    this.sources = sources;
    this.seed = seed;
  }

  /**
   * @param file as the user named it
   * @param content of it, UTF-8
   * @param base where the paths in it begin
   * @param seed in place of the file's
   * @throws InvalidYamlException if anything is wrong with it or with a file that it names
   * @throws MissingDataException if it rests on a file that may be absent, and it is
   */
  public static Scenario read(String file, byte[] content, Path base, OptionalLong seed)
      throws InvalidYamlException, MissingDataException {
    YamlProblems own = YamlProblems.of(file);
    Problems problems = new Problems(own);
    Optional<YamlFields> fields = YamlReader.read(content, own);
    Optional<Scenario> read = Optional.empty();
    if (fields.isPresent()) {
      read = new ScenarioReader(problems, new Sources(base), seed).scenario(fields.get());
    }
    problems.throwIfAny();
    return read.orElseThrow();
  }

  private Optional<Scenario> scenario(YamlFields file) throws MissingDataException {
    String name = file.require("scenario").text().orElse("");
    String question = file.get("question").text().orElse("");
    long ownSeed = file.get("seed").integer(0, Long.MAX_VALUE).orElse(1L);
    PopsReader pops = new PopsReader(sources, problems);
    Optional<Sites> sites = pops.sites(file.get("pops"));
    YamlValue distances = file.get("round-trips");
    Timing timing = timing(file.get("timing").mapping(), seed.orElse(ownSeed));
    SessionShape session = session(file.get("session").mapping());
    YamlValue length = file.get("length");
    long given = length.durationMillis(60_000, 400 * 365 * DAY).orElse(DAY);
    Optional<YamlFields> trace = file.get("trace").mapping();
    Workload workload = workload(file.get("workload"), trace.isPresent());
    int users = users(file.get("workload"), workload);
    YamlValue mobility = file.get("mobility");
    Moving moving = moving(file.get("move"), file.get("move-cost"));
    YamlValue faults = file.get("faults");
    YamlValue strategies = file.get("strategies");
    YamlValue central = file.get("central");
    YamlValue policy = file.get("policy");
    YamlValue namespace = file.get("namespace");
    ImmutableList<Strategy> rivals = rivals(strategies);
    file.finish();
    if (sites.isEmpty()) {
      return Optional.empty();
    }
    Optional<RoundTrips> roundTrips = pops.roundTrips(distances, sites.get());
    Optional<Residency> residency =
        new ResidencyReader(sources, problems, sites.get())
            .read(policy, namespace, session.fields().keySet(), SessionShape.OTHER_FIELDS);
    Optional<Replay> replay = replay(trace, mobility, sites.get());
    if (roundTrips.isEmpty() || (trace.isPresent() && replay.isEmpty())) {
      return Optional.empty();
    }
    long lengthMillis = length.isPresent() ? given : replay.map(Replay::lengthMillis).orElse(given);
    Outages outages = new Outages(outages(faults, sites.get(), lengthMillis), roundTrips.get());
    Population population =
        replay.isPresent()
            ? replayed(replay.get(), workload)
            : drawn(users, workload, mobility, sites.get(), lengthMillis);
    int centre = central(central, sites.get());
    verifySize(file.get("workload"), population, workload, replay, lengthMillis, sites.get());
    Optional<RoundTrips> metric =
        roundTrips.filter(RoundTrips::isClosable).map(RoundTrips::metricClosure);
    return Optional.of(
        new Scenario(
            name,
            question,
            seed.orElse(ownSeed),
            lengthMillis,
            sites.get(),
            roundTrips.get(),
            outages,
            timing,
            session,
            workload,
            population,
            moving,
            centre,
            withOptimum(rivals, strategies, metric, moving),
            residency,
            metric));
  }

  private Optional<Replay> replay(Optional<YamlFields> trace, YamlValue mobility, Sites sites)
      throws MissingDataException {
    if (trace.isEmpty()) {
      return Optional.empty();
    }
    if (mobility.isPresent()) {
      mobility.refuse("a trace says where users are", "leave out `mobility` or `trace`");
    }
    return new TraceReader(sources, problems, sites).read(trace.get());
  }

  private static Population replayed(Replay replay, Workload workload) {
    return new Population(
        replay.users(),
        ImmutableList.of(new Group(1, replay)),
        Visits.AT_EACH_STOP,
        replay.rows() * workload.requests());
  }

  private Population drawn(
      int users, Workload workload, YamlValue mobility, Sites sites, long lengthMillis) {
    ImmutableList<Group> groups =
        new MobilityReader(problems, sites, lengthMillis).groups(mobility);
    return new Population(users, groups, Visits.DAILY, (long) users * workload.requests());
  }

  private static Timing timing(Optional<YamlFields> fields, long seed) {
    if (fields.isEmpty()) {
      return new Timing(500, 50, 100, Jitter.NONE, 5_000);
    }
    YamlFields timing = fields.get();
    long sync = micros(timing.get("sync-ms"), 0.5);
    long service = micros(timing.get("service-ms"), 0.05);
    long load = micros(timing.get("load-ms"), 0.1);
    long jitter = Math.round(timing.get("jitter-ms").decimal(0, 1_000).orElse(0.0) * 1_000);
    long timeout = timing.get("timeout").durationMillis(10, 600_000).orElse(5_000L);
    timing.finish();
    return new Timing(sync, service, load, new Jitter(jitter, seed), timeout);
  }

  private static long micros(YamlValue value, double otherwise) {
    return Math.round(value.decimal(0.001, 10_000).orElse(otherwise) * 1_000);
  }

  private static SessionShape session(Optional<YamlFields> fields) {
    if (fields.isEmpty()) {
      return new SessionShape(2048, 256, 1_800_000, 0, ImmutableMap.of());
    }
    YamlFields session = fields.get();
    int bytes = session.get("size").sizeBytes(16, 256 << 10).orElse(2048L).intValue();
    int written = session.get("write").sizeBytes(1, 256 << 10).orElse(256L).intValue();
    long idle = session.get("idle").durationMillis(60_000, 3650 * DAY).orElse(1_800_000L);
    double logout = session.get("logout").decimal(0, 1).orElse(0.0);
    YamlValue named = session.get("fields");
    ImmutableMap<String, Integer> ofNames = fields(named);
    int left = bytes - Math.min(bytes, written);
    if (ofNames.values().stream().mapToInt(Integer::intValue).sum() > left) {
      named.refuse(
          "the fields take more than the " + left + " bytes that `size` leaves beside `write`",
          "give a larger `size`");
    }
    session.finish();
    return new SessionShape(bytes, written, idle, logout, ofNames);
  }

  private static ImmutableMap<String, Integer> fields(YamlValue value) {
    ImmutableMap.Builder<String, Integer> fields = ImmutableMap.builder();
    value
        .mapping()
        .ifPresent(
            named -> {
              for (YamlFields.Named each : named.entries()) {
                Optional<String> name = each.key().text();
                Optional<Long> bytes = each.value().sizeBytes(1, 256 << 10);
                if (name.isPresent() && SessionShape.OTHER_FIELDS.contains(name.get())) {
                  each.key()
                      .refuse("every session has a field of this name", "choose another name");
                } else if (name.isPresent() && bytes.isPresent()) {
                  fields.put(name.get(), bytes.get().intValue());
                }
              }
            });
    return fields.buildOrThrow();
  }

  private Workload workload(YamlValue value, boolean isTrace) {
    Optional<YamlFields> fields = value.mapping();
    if (fields.isEmpty()) {
      return new Workload(isTrace ? 5 : 50, 0.3, 0, 5, 8_000);
    }
    YamlFields workload = fields.get();
    int requests =
        workload.get("requests").integer(1, REQUESTS_MAX).orElse(isTrace ? 5L : 50L).intValue();
    double writes = workload.get("writes").decimal(0, 1).orElse(0.3);
    double byName = workload.get("by-name").decimal(0, 1).orElse(0.0);
    YamlValue visitsValue = workload.get("visits");
    int visits = visitsValue.integer(1, REQUESTS_MAX).orElse(Math.min(5L, requests)).intValue();
    if (visits > requests) {
      visitsValue.refuse(
          visits + " visits have more than the " + requests + " requests between them",
          "give at most one visit for each request");
    }
    long think = workload.get("think").durationMillis(1, DAY).orElse(8_000L);
    YamlValue users = workload.get("users");
    if (isTrace && users.isPresent()) {
      users.refuse("a trace says who the users are", "leave `users` out");
    }
    workload.finish();
    return new Workload(requests, writes, byName, visits, think);
  }

  private int users(YamlValue value, Workload workload) {
    Optional<YamlFields> fields = value.mapping();
    if (fields.isEmpty()) {
      return 1_000;
    }
    YamlValue users = fields.get().get("users");
    int count = users.integer(1, USERS_MAX).orElse(1_000L).intValue();
    if ((long) count * workload.requests() > 10_000_000_000L) {
      users.refuse("more than ten thousand million requests", "give fewer users or requests");
    }
    return count;
  }

  /** One partition is in memory for each thread: that must fit, and nothing else grows. */
  private void verifySize(
      YamlValue where,
      Population population,
      Workload workload,
      Optional<Replay> replay,
      long lengthMillis,
      Sites sites) {
    long each =
        replay
            .map(one -> one.rowsMax(Simulation.TRACE_USERS_IN_PARTITION) * workload.requests())
            .orElse(0L);
    long requests = Math.max(Math.max(each, workload.requests()), 1 << 17);
    long table = 12L * sites.size() * Math.min(sites.size(), 2048);
    long needed = 4 * requests * 600 + table + population.users() / 8L;
    if (needed > Runtime.getRuntime().maxMemory()) {
      where.refuse(
          "this needs about "
              + (needed >> 20)
              + " MiB of memory, and there are "
              + (Runtime.getRuntime().maxMemory() >> 20),
          "make it smaller, or give the JVM more: SOJOURN_JAVA_OPTS=-Xmx8g");
    }
    int bits = 128 - Long.numberOfLeadingZeros(lengthMillis) - Long.numberOfLeadingZeros(requests);
    if (bits > 62) {
      where.refuse("users make too many requests over too long a time", "give fewer `requests`");
    }
  }

  private Moving moving(YamlValue rule, YamlValue cost) {
    double moveCost = cost.decimal(0, 1_000).orElse(0.5);
    QuietOrCoin auto = QuietOrCoin.standard().withMoveCost(moveCost);
    ImmutableMap<String, MoveStrategy> rules =
        ImmutableMap.of(
            "auto", auto,
            "coin", auto.coinOnly(),
            "always", MoveStrategy.always(),
            "never", MoveStrategy.never());
    MoveStrategy strategy = rule.choice("rule for moving", rules).orElse(auto);
    String name = rule.isPresent() ? rule.text().orElse("auto") : "auto";
    Optional<Double> bound =
        switch (name) {
          case "coin" -> Optional.of(Regret.bound(Regret.Rule.COIN, moveCost));
          case "always" -> Optional.of(Regret.bound(Regret.Rule.ALWAYS, moveCost));
          case "never" -> Optional.empty();
          default -> Optional.of(Regret.bound(Regret.Rule.AUTO, moveCost));
        };
    return new Moving(name, moveCost, strategy, bound);
  }

  private ImmutableList<Strategy> rivals(YamlValue value) {
    ImmutableMap<String, Strategy> known = Rivals.byName();
    if (!value.isPresent()) {
      return known.values().asList();
    }
    ImmutableMap.Builder<String, Optional<Strategy>> choices = ImmutableMap.builder();
    choices.put(OURS, Optional.empty());
    known.forEach((name, strategy) -> choices.put(name, Optional.of(strategy)));
    choices.put(OPTIMUM, Optional.empty());
    ImmutableList.Builder<Strategy> chosen = ImmutableList.builder();
    for (YamlValue item : value.list()) {
      item.choice("strategy", choices.buildOrThrow())
          .ifPresent(strategy -> strategy.ifPresent(chosen::add));
    }
    return chosen.build();
  }

  private static ImmutableList<Strategy> withOptimum(
      ImmutableList<Strategy> rivals,
      YamlValue strategies,
      Optional<RoundTrips> metric,
      Moving moving) {
    boolean wanted =
        !strategies.isPresent()
            || strategies.list().stream()
                .anyMatch(each -> each.text().filter(OPTIMUM::equals).isPresent());
    if (!wanted || metric.isEmpty()) {
      return rivals;
    }
    return ImmutableList.<Strategy>builder()
        .addAll(rivals)
        .add(new OfflineOptimum(metric.get(), moving.cost()))
        .build();
  }

  private ImmutableList<Outage> outages(YamlValue faults, Sites sites, long lengthMillis) {
    ImmutableMap<String, Outage.Kind> kinds =
        ImmutableMap.of("down", Outage.Kind.DOWN, "cut", Outage.Kind.CUT);
    ImmutableList.Builder<Outage> all = ImmutableList.builder();
    for (YamlValue item : faults.list()) {
      Optional<YamlFields> fields = item.mapping();
      if (fields.isEmpty()) {
        continue;
      }
      YamlFields fault = fields.get();
      YamlValue pop = fault.require("pop");
      OptionalInt index = pop(pop, sites);
      Outage.Kind kind = fault.get("kind").choice("kind of fault", kinds).orElse(Outage.Kind.DOWN);
      Optional<Long> at = fault.require("at").durationMillis(0, lengthMillis);
      Optional<Long> millis = fault.require("for").durationMillis(1, lengthMillis);
      fault.finish();
      if (index.isPresent() && at.isPresent() && millis.isPresent()) {
        all.add(new Outage(index.getAsInt(), kind, at.get(), at.get() + millis.get()));
      }
    }
    return all.build();
  }

  private int central(YamlValue central, Sites sites) {
    if (central.isPresent()) {
      return pop(central, sites).orElse(0);
    }
    return sites.indexOf("iad").orElse(sites.indexOf("fra").orElse(0));
  }

  private OptionalInt pop(YamlValue value, Sites sites) {
    Optional<String> id = value.text();
    OptionalInt found = id.map(sites::indexOf).orElse(OptionalInt.empty());
    if (id.isPresent() && found.isEmpty()) {
      problems.own().addUnknown(value.span(), "POP", id.get(), sites.ids());
    }
    return found;
  }
}
