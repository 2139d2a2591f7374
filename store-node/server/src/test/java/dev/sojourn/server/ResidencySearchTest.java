package dev.sojourn.server;

import static dev.sojourn.server.SearchedNodes.BOS;
import static dev.sojourn.server.SearchedNodes.FRA;
import static dev.sojourn.server.SearchedNodes.POPS;
import static dev.sojourn.server.TestNodes.destroy;
import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.increment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.server.storage.CommitLane;
import dev.sojourn.server.storage.CommitListener;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.rocksdb.RocksSessionStore;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Operation;
import dev.sojourn.value.PopId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Writes values that do not compress into sessions of real nodes, under drawn policies, and then
 * searches the bytes of all that each POP keeps and hears for those that may not be there. {@code
 * -Dresidency.seed=N} plays one world again.
 */
class ResidencySearchTest {
  private static final int WORLDS = Integer.getInteger("residency.worlds", 5);
  private static final int TIGHTENED_WORLDS = Integer.getInteger("residency.tightened", 1);
  private static final int SESSIONS = 4;
  private static final int REQUESTS = 40;

  private static final String AMERICAN_NAMES =
      """
      version: judge
      classes:
        identity: {sensitive: true, fields: [name]}
      namespaces:
        shop:
          rules:
            - {id: at-home, why: a duty, when: {class: identity}, store: home, else: deny}
      """;

  private final Path directory;

  ResidencySearchTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void shouldNeverFindAValueWhereThePolicyForbidsIt() throws Exception {
    Long only = Long.getLong("residency.seed");
    long first = only == null ? 1 : only;
    long last = only == null ? WORLDS : only;
    long rested = 0;
    long split = 0;
    for (long seed = first; seed <= last; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String policy = new DrawnPolicy(random).draw();
      try (SearchedNodes nodes = nodes("world" + seed, policy)) {
        nodes.start(RocksSessionStore::open);
        play(nodes, random, true);
        split += POPS.stream().mapToLong(nodes::splits).sum();
        assertThat(nodes.search()).as("seed %s, policy%n%s", seed, policy).isEmpty();
        for (PopId pop : POPS) {
          rested += nodes.atRest(pop);
        }
      } catch (Exception e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(rested).as("values that lie where they may").isPositive();
    assertThat(only != null || split > 0).as("sessions were split").isTrue();
  }

  @Test
  void shouldNotFindItAfterTheSweepWhereANewPolicyForbidsWhatTheOldOneAllowed() throws Exception {
    long first = Long.getLong("residency.seed", 101);
    long swept = 0;
    for (long seed = first; seed < first + TIGHTENED_WORLDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String policy = new DrawnPolicy(random).draw();
      try (SearchedNodes nodes = nodes("tightened" + seed, policy)) {
        for (PopId pop : POPS) {
          nodes.obey(pop, DrawnPolicy.OPEN);
        }
        nodes.start(RocksSessionStore::open);
        play(nodes, random, false);
        nodes.tighten(policy);
        swept += POPS.stream().mapToLong(pop -> nodes.sweep(pop).found()).sum();
        assertThat(nodes.search()).as("seed %s, policy%n%s", seed, policy).isEmpty();
      } catch (Exception e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(swept).as("sessions that had to leave").isPositive();
  }

  private SearchedNodes nodes(String name, String policy) throws Exception {
    return new SearchedNodes(Files.createDirectory(directory.resolve(name)), policy);
  }

  private record Visit(String residency, String hint) {}

  private static void play(SearchedNodes nodes, SplittableRandom random, boolean restarts)
      throws Exception {
    List<Visit> sessions = new ArrayList<>();
    int restartAt = random.nextInt(2 * REQUESTS);
    for (int i = 0; i < REQUESTS; i++) {
      PopId pop = POPS.get(random.nextInt(POPS.size()));
      if (i == restartAt && restarts) {
        nodes.restart(pop);
      }
      int index = random.nextInt(SESSIONS);
      if (index >= sessions.size()) {
        List<String> residencies = DrawnPolicy.RESIDENCIES;
        String residency = residencies.get(random.nextInt(residencies.size()));
        nodes
            .create(pop, residency, write(nodes, random, residency))
            .ifPresent(made -> sessions.add(new Visit(residency, made.getHint())));
      } else {
        Visit visit = sessions.get(index);
        Optional<ExecuteResponse> response =
            nodes.execute(
                pop, nodes.nodes().request(visit.hint(), some(nodes, random, visit)).build());
        response
            .map(ExecuteResponse::getHint)
            .filter(hint -> !hint.isEmpty())
            .ifPresent(hint -> sessions.set(index, new Visit(visit.residency(), hint)));
      }
    }
  }

  private static Operation[] some(SearchedNodes nodes, SplittableRandom random, Visit visit) {
    return switch (random.nextInt(20)) {
      case 0 -> new Operation[] {destroy()};
      case 1, 2 -> new Operation[] {increment("n"), get()};
      case 3, 4, 5, 6 -> new Operation[] {get()};
      case 7, 8 -> new Operation[] {get(field(random))};
      case 9, 10, 11 ->
          new Operation[] {
            write(nodes, random, visit.residency()), write(nodes, random, visit.residency()), get()
          };
      default -> new Operation[] {write(nodes, random, visit.residency())};
    };
  }

  private static Operation write(SearchedNodes nodes, SplittableRandom random, String residency) {
    byte[] value = new byte[18];
    random.nextBytes(value);
    return nodes.secret(field(random), residency, value);
  }

  private static String field(SplittableRandom random) {
    return DrawnPolicy.FIELDS.get(random.nextInt(DrawnPolicy.FIELDS.size()));
  }

  @Test
  void shouldFindWhatASenderGivesAwayThatObeysALaxerPolicy() throws Exception {
    try (SearchedNodes nodes = nodes("sender", AMERICAN_NAMES)) {
      nodes.obey(BOS, DrawnPolicy.OPEN);
      nodes.start(RocksSessionStore::open);
      visitFrankfurt(nodes);
      assertThat(nodes.search())
          .as("the receiver does not keep it")
          .extracting(Leak::place, Leak::pop)
          .containsExactly(tuple(Leak.Place.FRAMES, FRA));
    }
  }

  @Test
  void shouldFindWhatAReceiverKeepsThatObeysALaxerPolicy() throws Exception {
    try (SearchedNodes nodes = nodes("receiver", AMERICAN_NAMES)) {
      nodes.obey(FRA, DrawnPolicy.OPEN);
      nodes.start(RocksSessionStore::open);
      nodes.create(FRA, "US", name(nodes));
      assertThat(nodes.search())
          .extracting(Leak::place, Leak::pop)
          .contains(tuple(Leak.Place.FILES, FRA), tuple(Leak.Place.RECORDS, FRA));
    }
  }

  @Test
  void shouldFindWhatMovesWhereNeitherEndEnforces() throws Exception {
    try (SearchedNodes nodes = nodes("both", AMERICAN_NAMES)) {
      nodes.obey(BOS, DrawnPolicy.OPEN);
      nodes.obey(FRA, DrawnPolicy.OPEN);
      nodes.start(RocksSessionStore::open);
      visitFrankfurt(nodes);
      assertThat(nodes.search())
          .extracting(Leak::place, Leak::pop)
          .contains(
              tuple(Leak.Place.FRAMES, FRA),
              tuple(Leak.Place.FILES, FRA),
              tuple(Leak.Place.RECORDS, FRA),
              tuple(Leak.Place.ANSWERS, FRA));
    }
  }

  @Test
  void shouldFindALeakInALogLine() throws Exception {
    try (SearchedNodes nodes = nodes("log", AMERICAN_NAMES)) {
      nodes.start(
          (options, random, listener) ->
              loggingValues(RocksSessionStore.open(options, random, listener)));
      nodes.create(BOS, "US", name(nodes));
      assertThat(nodes.search()).extracting(Leak::place).containsExactly(Leak.Place.LOGS);
    }
  }

  private static void visitFrankfurt(SearchedNodes nodes) {
    String hint = nodes.create(BOS, "US", name(nodes), increment("n")).orElseThrow().getHint();
    nodes.execute(FRA, nodes.nodes().request(hint, get("n")).build());
    nodes.execute(FRA, nodes.nodes().request(hint, get("name")).build());
  }

  private static Operation name(SearchedNodes nodes) {
    byte[] value = new byte[18];
    new SplittableRandom(7).nextBytes(value);
    return nodes.secret("name", "US", value);
  }

  /** A store that does what no part of a node may: it logs the values that it is given. */
  private static SessionStore loggingValues(SessionStore store) {
    return (SessionStore)
        Proxy.newProxyInstance(
            SessionStore.class.getClassLoader(),
            new Class<?>[] {SessionStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("openLane")) {
                CommitLane lane = store.openLane((CommitListener) arguments[0]);
                return (CommitLane) commit -> logAndSubmit(lane, commit);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void logAndSubmit(CommitLane lane, Commit commit) {
    for (RecordWrite write : commit.writes()) {
      write
          .record()
          .flatMap(record -> record.state().payload())
          .map(SessionData::fields)
          .ifPresent(
              fields ->
                  fields.values().stream()
                      .map(Field::value)
                      .map(value -> new String(value.unsafeArray(), StandardCharsets.ISO_8859_1))
                      .forEach(
                          value ->
                              LoggerFactory.getLogger("dev.sojourn.leaky").debug("{}", value)));
    }
    lane.submit(commit);
  }
}
