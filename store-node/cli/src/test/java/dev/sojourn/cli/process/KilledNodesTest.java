package dev.sojourn.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.client.Field;
import dev.sojourn.client.Inspection;
import dev.sojourn.client.NewSession;
import dev.sojourn.client.Results;
import dev.sojourn.client.Session;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Forward;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.v1.PeerEnvelope.MessageCase;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session born in Washington moves to London and then to Frankfurt. During the second move one
 * message stays in the relay, one of the two POPs is killed, and the message arrives late or never.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledNodesTest {
  private static final PopId BIRTH = new PopId("iad");
  private static final PopId OLD_OWNER = new PopId("lhr");
  private static final PopId NEW_OWNER = new PopId("fra");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private enum Fate {
    RELEASED,
    DROPPED
  }

  private PopProcesses pops;

  /** The stories that ended well, by the name of their session in the stores. */
  private final Map<KeyHash, String> told = new LinkedHashMap<>();

  @BeforeAll
  void start(@TempDir Path directory) throws IOException, InterruptedException {
    pops = new PopProcesses(directory, List.of(BIRTH, OLD_OWNER, NEW_OWNER));
  }

  @AfterEach
  void passEverything() {
    pops.holds().drop();
  }

  @AfterAll
  void shouldFindEachPayloadInOneStoreAlone() throws InterruptedException, StorageException {
    try {
      for (PopId pop : List.of(BIRTH, OLD_OWNER, NEW_OWNER)) {
        pops.stop(pop);
      }
      Map<KeyHash, SessionState> atBirth = pops.stored(BIRTH);
      Map<KeyHash, SessionState> atOldOwner = pops.stored(OLD_OWNER);
      Map<KeyHash, SessionState> atNewOwner = pops.stored(NEW_OWNER);
      told.forEach(
          (session, story) -> {
            assertThat(atBirth.get(session)).as("birth: %s", story).isInstanceOf(Owned.class);
            assertHasNoPayload(atOldOwner.get(session), "old owner: " + story);
            assertHasNoPayload(atNewOwner.get(session), "new owner: " + story);
          });
    } finally {
      pops.close();
    }
  }

  private static void assertHasNoPayload(@Nullable SessionState state, String where) {
    if (state != null) {
      assertThat(state).as(where).isInstanceOf(Forward.class);
      assertThat(state.payload()).as(where).isEmpty();
    }
  }

  static List<Arguments> scenarios() {
    List<Arguments> scenarios = new ArrayList<>();
    for (MessageCase held :
        List.of(
            MessageCase.ACQUIRE,
            MessageCase.GRANTED,
            MessageCase.CONFIRM,
            MessageCase.CONFIRM_ACK,
            MessageCase.DECLINED,
            MessageCase.ANNOUNCE)) {
      for (PopId victim : List.of(OLD_OWNER, NEW_OWNER)) {
        for (Fate fate : Fate.values()) {
          scenarios.add(Arguments.of(held, victim, fate));
        }
      }
    }
    return scenarios;
  }

  @ParameterizedTest(name = "{0} held, {1} killed, {0} {2}")
  @MethodSource("scenarios")
  void shouldKeepEveryAcknowledgedWriteAtOneOwner(MessageCase held, PopId victim, Fate fate)
      throws Exception {
    Map<String, String> acknowledged = new LinkedHashMap<>();
    Session session = pops.client(BIRTH).start(NewSession.defaults().residency("US"));
    save(session, "first", acknowledged);
    session = resume(OLD_OWNER, session);
    save(session, "second", acknowledged);
    awaitOneCopyAt(OLD_OWNER, hint(session));

    Session moving = resume(NEW_OWNER, session);
    CompletableFuture<Results> answer =
        held == MessageCase.DECLINED ? saveUntilDeclined(moving) : saveUntil(held, moving);
    pops.kill(victim);
    if (fate == Fate.RELEASED) {
      pops.holds().release();
    } else {
      pops.holds().drop();
    }
    pops.restart(victim);
    if (held == MessageCase.DECLINED && !victim.equals(NEW_OWNER)) {
      // It was told to end, and is back with what it still has to say.
      pops.stop(NEW_OWNER);
      pops.restart(NEW_OWNER);
    }

    answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    acknowledged.put("third", "third value");
    save(moving, "fourth", acknowledged);
    awaitOneCopyAt(NEW_OWNER, hint(moving));
    assertHolds(moving.fields(), acknowledged);
    Session home = resume(BIRTH, moving);
    assertHolds(home.fields(), acknowledged);
    KeyHash name = awaitOneCopyAt(BIRTH, hint(home));
    told.put(name, held + " held, " + victim + " killed, " + fate);
  }

  /** When this returns, the first message of this kind is in the relay. */
  private CompletableFuture<Results> saveUntil(MessageCase held, Session moving)
      throws InterruptedException {
    pops.holds().hold(held);
    CompletableFuture<Results> answer = saveLater(moving, "third");
    pops.holds().await(held, PATIENCE);
    return answer;
  }

  /** The new owner asks, is told to end before the grant arrives, and so hands it back. */
  private CompletableFuture<Results> saveUntilDeclined(Session moving)
      throws IOException, InterruptedException {
    CompletableFuture<Results> answer = saveUntil(MessageCase.GRANTED, moving);
    pops.drain(NEW_OWNER);
    pops.holds().hold(MessageCase.DECLINED);
    pops.holds().release(MessageCase.GRANTED);
    try {
      pops.holds().await(MessageCase.DECLINED, PATIENCE);
    } catch (AssertionError e) {
      throw new AssertionError(
          "%s; the request: %s; crossed: %s; %s; %s"
              .formatted(
                  e.getMessage(),
                  answer,
                  pops.holds().takeCrossings(),
                  pops.endOfLog(OLD_OWNER),
                  pops.endOfLog(NEW_OWNER)),
          e);
    }
    return answer;
  }

  private static void save(Session session, String field, Map<String, String> acknowledged) {
    session.increment("writes", 1).putText(field, field + " value").save();
    acknowledged.put(field, field + " value");
  }

  private static CompletableFuture<Results> saveLater(Session session, String field) {
    return session.increment("writes", 1).putText(field, field + " value").saveAsync();
  }

  private Session resume(PopId pop, Session session) {
    return pops.client(pop).resume(hint(session));
  }

  private static String hint(Session session) {
    return session.hint().orElseThrow();
  }

  /** Every write once: the fields say that it is there, the counter that it is not there twice. */
  private static void assertHolds(Map<String, Field> fields, Map<String, String> acknowledged) {
    Map<String, String> expected = new LinkedHashMap<>(acknowledged);
    expected.put("writes", String.valueOf(acknowledged.size()));
    Map<String, String> found = new LinkedHashMap<>();
    fields.forEach((name, field) -> found.put(name, field.text()));
    assertThat(found).isEqualTo(expected);
  }

  /** Confirms are repeated with growing pauses, so the last copy may take a while to go. */
  private KeyHash awaitOneCopyAt(PopId owner, String hint) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Inspection> found = pops.inspect(hint);
    while (!holders(found).equals(List.of(owner.name())) && System.nanoTime() - deadline < 0) {
      Thread.sleep(20);
      found = pops.inspect(hint);
    }
    assertThat(holders(found))
        .as("POPs that hold the payload, of %s", found)
        .containsExactly(owner.name());
    assertThat(found)
        .filteredOn(each -> each.state().equals("owned"))
        .extracting(Inspection::pop)
        .containsExactly(owner.name());
    return new KeyHash(Bytes.fromHex(found.get(0).sessionHash()));
  }

  private static List<String> holders(List<Inspection> found) {
    return found.stream().filter(Inspection::holdsPayload).map(Inspection::pop).toList();
  }
}
