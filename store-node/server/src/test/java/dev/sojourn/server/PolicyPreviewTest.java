package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.SHOP;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.server.ops.PolicyPreview;
import dev.sojourn.server.shell.RecordScan;
import dev.sojourn.server.storage.SeededBytes;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.server.storage.rocksdb.RocksStoreOptions;
import dev.sojourn.value.Country;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of a store in which sessions of every kind lie. */
class PolicyPreviewTest {
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

  private final FaultyStore.Faults faults = new FaultyStore.Faults();
  private SessionStore store;
  private StoredSessions sessions;

  @BeforeEach
  void openAStore(@TempDir Path directory) throws Exception {
    store =
        faults.open(
            RocksStoreOptions.in(directory.resolve("store")).withReserveBytes(0),
            new SeededBytes(5),
            StoreListener.NONE);
    sessions = new StoredSessions(store);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private PolicyPreview.Result preview(LongSupplier nowMillis) throws Exception {
    Policy policy = PolicyReader.read("p.yaml", NAMES_AT_HOME.getBytes(StandardCharsets.UTF_8));
    Sites sites =
        Sites.of(
            ImmutableList.of(
                new Site(FRA, new Country("DE"), ImmutableSet.of()),
                new Site(BOS, new Country("US"), ImmutableSet.of())));
    PolicyInForce inForce =
        new PolicyInForce(
            CompiledPolicy.compile(policy, sites),
            ImmutableMap.of(FRA, ImmutableList.of(FRA, BOS), BOS, ImmutableList.of(BOS, FRA)));
    return new PolicyPreview(FRA, new RecordScan(store), nowMillis)
        .of(inForce, () -> true)
        .get(60, TimeUnit.SECONDS);
  }

  private static PolicyPreview.Moves moves(PolicyPreview.Result result) {
    return requireNonNull(result.namespaces().get(SHOP), "no session of this namespace");
  }

  @Test
  void shouldCountASessionOnlyWhereItIsOwnedAndAlive() throws Exception {
    sessions.owned(sessions.session("DE", DAY_MILLIS));
    sessions.owned(sessions.session("US", DAY_MILLIS));
    sessions.owned(sessions.session("US", DAY_MILLIS));
    sessions.owned(sessions.session("BR", DAY_MILLIS));
    sessions.owned(sessions.session("US", 1_000));
    sessions.granted(sessions.session("US", DAY_MILLIS), BOS);
    sessions.write(
        new SessionState.Tombstone(
            StoredSessions.EPOCH, new SessionState.Ending.Expired(), DAY_MILLIS));
    sessions.write(
        new SessionState.Owned(StoredSessions.EPOCH, sessions.session("US", DAY_MILLIS)).suspect());

    PolicyPreview.Result result = preview(() -> 2_000);

    assertThat(result.share()).isEqualTo(1);
    assertThat(result.policy()).isEqualTo("strict");
    assertThat(result.namespaces()).containsOnlyKeys(SHOP);
    PolicyPreview.Moves moves = moves(result);
    assertThat(moves.live()).isEqualTo(5);
    assertThat(moves.to()).containsExactly(BOS, BOS);
    assertThat(moves.nowhere()).isEqualTo(1);
    assertThat(moves.frozen()).isEqualTo(1);
  }

  @Test
  void shouldCountPartsThatAreKeptForOwnersElsewhere() throws Exception {
    sessions.kept(sessions.session("US", DAY_MILLIS));
    sessions.kept(sessions.session("US", 1_000));
    sessions.kept(sessions.session("DE", DAY_MILLIS));

    PolicyPreview.Moves moves = moves(preview(() -> 2_000));

    assertThat(moves.parts()).isEqualTo(1);
    assertThat(moves.live()).isZero();
  }

  @Test
  void shouldSendASplitSessionWhereItMayBeWholeIfItsPartMayNotStay() throws Exception {
    sessions.owned(sessions.without("US", DAY_MILLIS, BOS));
    sessions.owned(sessions.without("US", DAY_MILLIS, new PopId("tyo")));

    PolicyPreview.Moves moves = moves(preview(() -> 0));

    assertThat(moves.live()).isEqualTo(2);
    assertThat(moves.to()).containsExactly(BOS);
    assertThat(moves.nowhere()).isZero();
  }

  @Test
  void shouldTellOfRecordsThatCannotBeReadAndNotJudgeThem() throws Exception {
    sessions.owned(sessions.session("US", DAY_MILLIS));
    KeyHash damaged = sessions.owned(sessions.session("US", DAY_MILLIS));
    faults.corrupt(damaged);

    PolicyPreview.Result result = preview(() -> 0);

    assertThat(result.unreadable()).isEqualTo(1);
    assertThat(moves(result).live()).isEqualTo(1);
  }

  @Test
  void shouldEndWhenItsTimeIsUpAndSayHowMuchItHasLookedAt() throws Exception {
    for (int i = 0; i < 400; i++) {
      sessions.owned(sessions.session("US", DAY_MILLIS));
    }
    AtomicLong clock = new AtomicLong();

    // The clock is asked twice for each record, and once before the first.
    PolicyPreview.Result result =
        preview(() -> clock.getAndAdd(PolicyPreview.WALK_MILLIS_MAX / 200));

    PolicyPreview.Moves moves = moves(result);
    assertThat(moves.live()).isEqualTo(100);
    assertThat(moves.to()).hasSize(100);
    assertThat(result.share()).isBetween(0.15, 0.35);
    assertThat(moves.live() / result.share()).as("what it comes to in all").isBetween(300.0, 550.0);
  }
}
