package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.event.Event;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.server.shell.NodeClock;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.server.shell.ResidencySweep.Pace;
import dev.sojourn.server.shell.ResidencySweep.Stage;
import dev.sojourn.server.storage.SeededBytes;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.server.storage.rocksdb.RocksStoreOptions;
import dev.sojourn.value.Country;
import dev.sojourn.value.KeyHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep tells the core of, and when it says that it is done; nothing moves here. */
class ResidencySweepTest {
  private static final String NAMES_AT_HOME =
      """
      version: strict
      classes:
        identity: {sensitive: true, fields: [name]}
      namespaces:
        shop:
          rules:
            - {id: at-home, why: a duty, when: {class: identity}, store: home, else: deny}
      """;
  private static final long DAY_MILLIS = 86_400_000;
  private static final long SINCE_MILLIS = 77;
  private static final int TOLD_MAX = 50;

  private final FaultyStore.Faults faults = new FaultyStore.Faults();
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final List<KeyHash> told = new CopyOnWriteArrayList<>();
  private final List<Long> finished = new CopyOnWriteArrayList<>();
  private SessionStore store;
  private StoredSessions sessions;
  private ResidencySweep sweep;

  @BeforeEach
  void openAStore(@TempDir Path directory) throws Exception {
    store =
        faults.open(
            RocksStoreOptions.in(directory.resolve("store")).withReserveBytes(0),
            new SeededBytes(5),
            StoreListener.NONE);
    sessions = new StoredSessions(store);
    sweep =
        new ResidencySweep(
            FRA,
            store,
            this::note,
            ticks,
            new NodeClock(),
            () -> 0,
            finished::add,
            new Pace(TOLD_MAX, 1, 4, 2));
  }

  private void note(Event.ResidencyDue due) {
    told.add(due.key());
  }

  @AfterEach
  void close() throws Exception {
    sweep.stop();
    ticks.shutdownNow();
    store.close();
  }

  private void begin() throws Exception {
    Sites sites =
        Sites.of(
            ImmutableList.of(
                new Site(FRA, new Country("DE"), ImmutableSet.of()),
                new Site(BOS, new Country("US"), ImmutableSet.of())));
    byte[] policy = NAMES_AT_HOME.getBytes(StandardCharsets.UTF_8);
    sweep.begin(
        new PolicyInForce(
            CompiledPolicy.compile(PolicyReader.read("p.yaml", policy), sites),
            ImmutableMap.of(FRA, ImmutableList.of(FRA, BOS)),
            SINCE_MILLIS));
  }

  private void awaitStage(Stage stage) {
    TestNodes.await("the sweep is " + stage, () -> sweep.report().stage() == stage);
  }

  @Test
  void shouldTellOfAllInTurnThoughNoneOfThemCanGo() throws Exception {
    List<KeyHash> stuck = new ArrayList<>();
    for (int i = 0; i < 4 * TOLD_MAX + 30; i++) {
      stuck.add(sessions.owned(sessions.session("BR", DAY_MILLIS)));
      sessions.owned(sessions.session("DE", DAY_MILLIS));
    }
    stuck.sort(null);

    begin();
    TestNodes.await("all were told of twice", () -> told.size() >= 2 * stuck.size());

    List<KeyHash> first = List.copyOf(told).subList(0, 2 * stuck.size());
    assertThat(first.subList(0, stuck.size())).isEqualTo(stuck);
    assertThat(first.subList(stuck.size(), 2 * stuck.size())).isEqualTo(stuck);
    assertThat(sweep.report().left()).isEqualTo(stuck.size());
    assertThat(sweep.report().stage()).isEqualTo(Stage.MOVING);
    assertThat(finished).isEmpty();
  }

  @Test
  void shouldNotClaimToBeDoneWhileARecordCannotBeRead() throws Exception {
    sessions.owned(sessions.session("DE", DAY_MILLIS));
    KeyHash damaged = sessions.owned(sessions.session("DE", DAY_MILLIS));
    faults.corrupt(damaged);

    begin();
    awaitStage(Stage.INCOMPLETE);

    assertThat(sweep.report().unreadable()).isEqualTo(1);
    assertThat(sweep.report().found()).isZero();
    assertThat(faults.purges()).as("of what has left, the bytes go all the same").isEqualTo(1);
    assertThat(finished).as("so that the next start sweeps again").isEmpty();

    faults.mend(damaged);
    begin();
    awaitStage(Stage.DONE);
    assertThat(sweep.report().unreadable()).isZero();
    TestNodes.await("it is finished", () -> finished.equals(List.of(SINCE_MILLIS)));
  }

  @Test
  void shouldPurgeAgainWhenThatHasFailed() throws Exception {
    faults.failNextPurges(2);

    begin();
    awaitStage(Stage.DONE);

    assertThat(faults.purges()).isEqualTo(3);
    TestNodes.await("it is finished once", () -> finished.equals(List.of(SINCE_MILLIS)));
  }
}
