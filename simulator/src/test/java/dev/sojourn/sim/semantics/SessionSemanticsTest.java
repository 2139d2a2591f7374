package dev.sojourn.sim.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Credential;
import dev.sojourn.sim.world.Ask;
import dev.sojourn.sim.world.Device;
import dev.sojourn.sim.world.Faults;
import dev.sojourn.sim.world.Healing;
import dev.sojourn.sim.world.Invariants;
import dev.sojourn.sim.world.Patience;
import dev.sojourn.sim.world.World;
import dev.sojourn.sim.world.WorldSettings;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What session libraries get wrong, and this one does not: each a story of a client or two. */
class SessionSemanticsTest {
  private static final PopId BOS = new PopId("bos");
  private static final PopId NYC = new PopId("nyc");
  private static final PopId TYO = new PopId("tyo");

  private final World world =
      new World(
          WorldSettings.of(7, "bos", "nyc", "tyo").moving(MoveStrategy.always()),
          Faults.NONE,
          Invariants.all(WorldSettings.of(1, "bos")));
  private final Device alice = world.device("alice");
  private final Device bob = world.device("bob");

  @ParameterizedTest
  @ValueSource(strings = {"bos", "nyc", "tyo"})
  void shouldKeepTheFieldsOfTwoParallelRequests(String second) {
    done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));
    bob.carry(alice.hint());

    Ask one = alice.ask(BOS, Patience.ONCE, put("size", "44"));
    Ask other = bob.ask(new PopId(second), Patience.ONCE, put("colour", "red"));
    world.run(5_000);

    assertThat(one.success()).isPresent();
    assertThat(other.success()).isPresent();
    assertThat(fields(done(alice.ask(TYO, Patience.ONCE, get()))))
        .containsOnly(
            Map.entry("cart", "hat"), Map.entry("size", "44"), Map.entry("colour", "red"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bos", "nyc", "tyo"})
  void shouldNotBringASessionBackByASaveAfterALogout(String place) {
    done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));
    done(alice.ask(NYC, Patience.ONCE, put("cart", "shoes")));
    bob.carry(alice.hint());
    Ask logout = done(alice.ask(NYC, Patience.ONCE, new Operation.Destroy()));

    Ask save = done(bob.ask(new PopId(place), Patience.ONCE, put("cart", "coat")));

    assertThat(logout.success().map(success -> success.flags().ended())).contains(true);
    assertThat(problem(save)).isEqualTo(ErrorCode.SESSION_ENDED);
    assertThat(payloads()).isZero();
    Healing.heal(world);
    assertThat(payloads()).isZero();
  }

  @Test
  void shouldNeverCreateARecordForAnIdThatAClientMadeUp() {
    done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));
    Hint real = alice.hint().orElseThrow();
    Hint madeUp =
        new Hint(
            new SessionId(BOS, Bytes.fromHex("00112233445566778899aabbccddeeff")),
            1,
            NYC,
            real.epoch(),
            1,
            real.residency(),
            real.expiresAtMillis(),
            Optional.empty());
    long before = records();

    for (PopId pop : ImmutableList.of(BOS, NYC, TYO)) {
      Ask ask =
          bob.ask(
              pop,
              Patience.ONCE,
              Optional.of(madeUp),
              Credential.FORGED,
              ImmutableList.of(put("cart", "coat")));
      assertThat(problem(done(ask))).isEqualTo(ErrorCode.HINT_UNREADABLE);
    }

    assertThat(records()).isEqualTo(before);
  }

  @Test
  void shouldNotCreateARecordEvenForAGenuineHintOfASessionThatNobodyKnows() {
    // As after a key that leaked: the seal is right, and there is no such session.
    done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));
    Hint real = alice.hint().orElseThrow();
    Hint unknown =
        new Hint(
            new SessionId(TYO, Bytes.fromHex("00112233445566778899aabbccddeeff")),
            1,
            NYC,
            real.epoch(),
            1,
            real.residency(),
            real.expiresAtMillis(),
            Optional.empty());
    long before = records();

    bob.carry(Optional.of(unknown));
    Ask ask = done(bob.ask(BOS, Patience.ONCE, put("cart", "coat")));

    assertThat(problem(ask)).isEqualTo(ErrorCode.SESSION_LOST);
    assertThat(records()).isEqualTo(before);
  }

  @Test
  void shouldKillTheOldCredentialEverywhereByARotateAndKeepTheData() {
    Ask login = done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));
    Optional<Hint> stolen = alice.hint();
    done(alice.ask(NYC, Patience.ONCE, new Operation.Rotate()));

    for (PopId pop : ImmutableList.of(BOS, NYC, TYO)) {
      bob.carry(stolen);
      assertThat(problem(done(bob.ask(pop, Patience.ONCE, get()))))
          .isEqualTo(ErrorCode.HINT_SUPERSEDED);
    }
    assertThat(fields(done(alice.ask(TYO, Patience.ONCE, get())))).containsEntry("cart", "hat");
    login.send(BOS);
    world.run(5_000);
    assertThat(login.success()).as("the thief repeats what he saw").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bos", "nyc", "tyo"})
  void shouldGiveNoHintToAReplayOfARequestFromBeforeTheRotate(String place) {
    done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));
    Ask known = done(alice.ask(BOS, Patience.ONCE, put("size", "44")));
    done(alice.ask(NYC, Patience.ONCE, new Operation.Rotate()));

    known.send(new PopId(place));
    world.run(5_000);

    Outcome.Success replay = known.success().orElseThrow();
    assertThat(replay.flags()).isEqualTo(Outcome.Flags.SUPERSEDED);
    assertThat(replay.hint()).isEmpty();
  }

  @Test
  void shouldWriteNothingForReadsAndCoalesceTouches() {
    done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));
    world.run(5_000);
    long before = world.pop(BOS).disk().commits();

    for (int i = 0; i < 50; i++) {
      done(alice.ask(BOS, Patience.ONCE, get()));
      done(alice.ask(BOS, Patience.ONCE, new Operation.Touch()));
    }

    assertThat(world.pop(BOS).disk().commits()).isEqualTo(before);
  }

  @Test
  void shouldStillKeepASessionAliveThatIsOnlyRead() {
    done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));
    long before = world.pop(BOS).disk().commits();

    for (int i = 0; i < 60; i++) {
      world.run(5 * 60_000);
      assertThat(fields(done(alice.ask(BOS, Patience.ONCE, get())))).containsEntry("cart", "hat");
    }

    assertThat(world.pop(BOS).disk().commits() - before)
        .as("five hours of reading, an idle lifetime of half an hour")
        .isBetween(10L, 61L);
  }

  @Test
  void shouldAnswerAnAbsentFieldWithAnAbsentValue() {
    done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));

    Ask read = done(alice.ask(NYC, Patience.ONCE, get("cart", "nothing")));

    assertThat(fields(read)).containsOnly(Map.entry("cart", "hat"));
  }

  @Test
  void shouldCreateNothingWithoutAHintAndWithoutAWrite() {
    Ask read = done(alice.ask(BOS, Patience.ONCE, get()));
    Ask touch = done(alice.ask(BOS, Patience.ONCE, new Operation.Touch()));

    assertThat(fields(read)).isEmpty();
    assertThat(touch.success().flatMap(Outcome.Success::epoch)).isEmpty();
    assertThat(alice.hint()).isEmpty();
    assertThat(records()).isZero();
    assertThat(world.pop(BOS).disk().commits()).isZero();
  }

  @Test
  void shouldMoveInOneRoundTrip() {
    done(alice.ask(BOS, Patience.ONCE, put("cart", "hat")));
    // The first question between two POPs sets up their stream.
    done(bob.ask(BOS, Patience.ONCE, put("x", "1")));
    done(bob.ask(NYC, Patience.ONCE, get()));

    Ask moved = done(alice.ask(NYC, Patience.ONCE, put("cart", "shoes"), get()));

    assertThat(moved.reply().map(reply -> reply.halfRoundTrips())).contains(2);
    assertThat(moved.tookMillis())
        .as("one round trip, one sync, and the way to the client")
        .isEqualTo(world.settings().rttMillis() + world.settings().diskMillis() + 1 + 1);
  }

  private Ask done(Ask ask) {
    for (int i = 0; i < 500 && !ask.isOver(); i++) {
      world.run(10);
    }
    assertThat(ask.isOver()).isTrue();
    return ask;
  }

  private static ErrorCode problem(Ask ask) {
    return ask.problem().map(Problem::code).orElseThrow();
  }

  private static Map<String, String> fields(Ask ask) {
    Map<String, String> all = new TreeMap<>();
    for (OperationResult result : ask.success().orElseThrow().results()) {
      if (result instanceof OperationResult.FieldsRead read) {
        read.fields()
            .forEach(
                (name, field) ->
                    all.put(name, new String(field.value().toArray(), StandardCharsets.UTF_8)));
      }
    }
    return all;
  }

  private long records() {
    return world.disks().values().stream().mapToLong(Map::size).sum();
  }

  private long payloads() {
    return world.disks().values().stream()
        .flatMap(records -> records.values().stream())
        .filter(record -> record.state().payload().isPresent())
        .count();
  }

  private static Operation put(String name, String value) {
    Bytes bytes = Bytes.copyOf(value.getBytes(StandardCharsets.UTF_8));
    return new Operation.Put(name, new Field(bytes, "text/plain", Field.DEFAULT_CLASS));
  }

  private static Operation get(String... names) {
    return new Operation.Get(ImmutableList.copyOf(names));
  }
}
