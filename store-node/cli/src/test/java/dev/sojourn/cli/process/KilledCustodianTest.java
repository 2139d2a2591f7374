package dev.sojourn.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.client.NewSession;
import dev.sojourn.client.Operations;
import dev.sojourn.client.Results;
import dev.sojourn.client.Session;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.v1.PeerEnvelope.MessageCase;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session born in Washington moves to Frankfurt and leaves its name behind. Each write changes
 * both parts. One message between the two stays in the relay while one of the two POPs is killed
 * and started again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledCustodianTest {
  private static final PopId CUSTODIAN = new PopId("iad");
  private static final PopId OWNER = new PopId("fra");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String POLICY =
      """
      version: 1
      classes:
        identity: {fields: [name], sensitive: true}
      namespaces:
        demo:
          rules:
            - {id: identity-behind, why: a duty, when: {class: identity}, store: home, access: anywhere, else: redact}
      """;

  private PopProcesses pops;

  /** How many writes each session has seen in the end, by its name in the stores. */
  private final Map<KeyHash, Long> told = new LinkedHashMap<>();

  @BeforeAll
  void start(@TempDir Path directory) throws IOException, InterruptedException {
    pops = new PopProcesses(directory, List.of(CUSTODIAN, OWNER), Optional.of(POLICY));
  }

  @AfterEach
  void passEverything() {
    pops.holds().drop();
  }

  /** What the owner points to is what was acknowledged last, and lies with the custodian alone. */
  @AfterAll
  void shouldFindEachPartInItsOwnStore() throws Exception {
    try {
      pops.stop(OWNER);
      pops.stop(CUSTODIAN);
      Map<KeyHash, SessionRecord> atOwner = pops.records(OWNER);
      Map<KeyHash, SessionRecord> atCustodian = pops.records(CUSTODIAN);
      assertThat(told).isNotEmpty();
      told.forEach(
          (session, writes) -> {
            SessionRecord owned = record(atOwner, session);
            assertThat(owned.state()).isInstanceOf(Owned.class);
            SessionData data = owned.state().payload().orElseThrow();
            assertThat(data.fields().keySet()).containsExactly("writes");
            assertThat(text(data.fields(), "writes")).isEqualTo(String.valueOf(writes));
            LeftBehind pointer = data.leftBehind().orElseThrow();
            SessionRecord kept = record(atCustodian, session);
            assertThat(kept.state().payload()).isEmpty();
            assertThat(
                    text(
                        kept.custody().orElseThrow().find(pointer.stamp()).orElseThrow().fields(),
                        "name"))
                .isEqualTo("name " + writes);
          });
    } finally {
      pops.close();
    }
  }

  static List<Arguments> scenarios() {
    List<Arguments> scenarios = new ArrayList<>();
    for (MessageCase held :
        List.of(MessageCase.WRITE_PART, MessageCase.PART_WRITTEN, MessageCase.PART_SWUNG)) {
      for (PopId victim : List.of(CUSTODIAN, OWNER)) {
        scenarios.add(Arguments.of(held, victim, true));
        scenarios.add(Arguments.of(held, victim, false));
      }
    }
    return scenarios;
  }

  @ParameterizedTest(name = "{0} held, {1} killed, arrives late: {2}")
  @MethodSource("scenarios")
  void shouldApplyEachWriteToBothPartsOnce(MessageCase held, PopId victim, boolean arrives)
      throws Exception {
    Session session = split();
    pops.holds().hold(held);
    CompletableFuture<Results> answer = session.executeAsync(write(3));
    pops.holds().await(held, PATIENCE);
    pops.kill(victim);
    if (arrives) {
      pops.holds().release();
    } else {
      pops.holds().drop();
    }
    pops.restart(victim);
    answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertWhole(session, 3);
    session.execute(write(4));
    assertWhole(session, 4);
    remember(session, 4);
  }

  @Test
  void shouldKeepWhatWasWrittenBeforeACustodianWasKilledBetweenTwoWrites() throws Exception {
    Session session = split();
    pops.kill(CUSTODIAN);
    pops.restart(CUSTODIAN);
    assertWhole(session, 2);
    session.execute(write(3));
    assertWhole(session, 3);
    remember(session, 3);
  }

  /** Two writes, the second of which took place at the owner. */
  private Session split() {
    Session session = pops.client(CUSTODIAN).start(NewSession.defaults().residency("US"));
    session.execute(write(1));
    Session moved = pops.client(OWNER).resume(session.hint().orElseThrow());
    moved.execute(Operations.none().get("writes"));
    moved.execute(write(2));
    assertThat(moved.lastOutcome().orElseThrow().ownerPop()).isEqualTo(OWNER.name());
    return moved;
  }

  private static Operations write(long number) {
    return Operations.none().increment("writes", 1).putText("name", "name " + number);
  }

  private static void assertWhole(Session session, long writes) {
    Results now = session.execute(Operations.none().get("writes", "name"));
    assertThat(now.fields())
        .hasEntrySatisfying(
            "writes", field -> assertThat(field.text()).isEqualTo(String.valueOf(writes)))
        .hasEntrySatisfying("name", field -> assertThat(field.text()).isEqualTo("name " + writes));
    assertThat(session.lastOutcome().orElseThrow().ownerPop()).isEqualTo(OWNER.name());
  }

  private void remember(Session session, long writes) {
    String hash = pops.inspect(session.hint().orElseThrow()).get(0).sessionHash();
    told.put(new KeyHash(Bytes.fromHex(hash)), writes);
  }

  private static SessionRecord record(Map<KeyHash, SessionRecord> store, KeyHash session) {
    return Optional.ofNullable(store.get(session)).orElse(SessionRecord.NONE);
  }

  private static String text(ImmutableSortedMap<String, Field> fields, String name) {
    Field field = fields.get(name);
    return field == null ? "" : new String(field.value().toArray(), StandardCharsets.UTF_8);
  }
}
