package dev.sojourn.sim.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.sim.world.Ask;
import dev.sojourn.sim.world.Device;
import dev.sojourn.sim.world.Disk;
import dev.sojourn.sim.world.Faults;
import dev.sojourn.sim.world.Invariants;
import dev.sojourn.sim.world.Patience;
import dev.sojourn.sim.world.World;
import dev.sojourn.sim.world.WorldSettings;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A disk that comes back older than it was, or empty: it is said, and never papered over. */
class LostDiskTest {
  private static final PopId BOS = new PopId("bos");
  private static final PopId NYC = new PopId("nyc");
  private static final PopId TYO = new PopId("tyo");

  private static final WorldSettings SETTINGS =
      WorldSettings.of(11, "bos", "nyc", "tyo").moving(MoveStrategy.always());

  private final World world = new World(SETTINGS, Faults.NONE, Invariants.all(SETTINGS));
  private final Device alice = world.device("alice");

  @Test
  void shouldFreezeASessionOfWhichAClientHasSeenMoreThanItsOwnerHas() {
    done(alice.ask(BOS, Patience.ONCE, increment()));
    Disk.Copy old = world.pop(BOS).disk().copy();
    done(alice.ask(BOS, Patience.ONCE, increment()));

    putBack(BOS, old);
    Ask here = done(alice.ask(BOS, Patience.ONCE, get()));
    Ask elsewhere = done(alice.ask(NYC, Patience.ONCE, increment()));

    assertThat(problem(here)).isEqualTo(ErrorCode.SESSION_ROLLED_BACK);
    assertThat(problem(elsewhere)).isEqualTo(ErrorCode.SESSION_ROLLED_BACK);
    assertThat(world.alarms()).containsOnly("bos ROLLBACK_PROVEN");
    assertThat(states(BOS)).hasOnlyElementsOfType(SessionState.Suspect.class);
  }

  @Test
  void shouldFreezeASessionThatHadMovedOnBeforeItsOwnersDiskFellBack() {
    done(alice.ask(BOS, Patience.ONCE, increment()));
    Disk.Copy old = world.pop(BOS).disk().copy();
    done(alice.ask(NYC, Patience.ONCE, increment()));
    world.run(5_000);

    putBack(BOS, old);
    Ask here = done(alice.ask(BOS, Patience.ONCE, get()));

    assertThat(problem(here)).isEqualTo(ErrorCode.SESSION_ROLLED_BACK);
    assertThat(done(alice.ask(NYC, Patience.ONCE, get())).success()).isPresent();
  }

  @Test
  void shouldSayLostAndNeverNotFoundForWhatAnEmptyDiskOwned() {
    done(alice.ask(BOS, Patience.ONCE, increment()));
    done(alice.ask(NYC, Patience.ONCE, increment()));
    world.run(5_000);

    lose(NYC);

    for (PopId pop : ImmutableList.of(NYC, TYO, BOS)) {
      Ask ask = done(alice.ask(pop, Patience.ONCE, increment()));
      assertThat(problem(ask)).as(pop.name()).isEqualTo(ErrorCode.SESSION_LOST);
      assertThat(ask.problem().flatMap(Problem::pop)).contains(NYC);
    }
    assertThat(world.alarms()).isNotEmpty();
  }

  @Test
  void shouldAnswerBusyUntilANewDirectoryIsWhole() {
    Ask first = done(alice.ask(BOS, Patience.ONCE, increment()));
    done(alice.ask(NYC, Patience.ONCE, increment()));
    world.run(5_000);
    world.network().partition(BOS, NYC);

    lose(BOS);
    Device bob = world.device("bob");
    bob.carry(first.success().flatMap(success -> success.hint()));
    Ask early = done(bob.ask(TYO, Patience.ONCE, get()));
    world.network().heal();
    world.run(5_000);
    Ask late = done(bob.ask(TYO, Patience.ONCE, get()));

    assertThat(problem(early)).isEqualTo(ErrorCode.BUSY);
    assertThat(late.success()).isPresent();
  }

  @Test
  void shouldTellABirthPopThatLosesItsDiskAgainWhileItIsBeingTold() {
    Ask first = done(alice.ask(BOS, Patience.ONCE, increment()));
    done(alice.ask(NYC, Patience.ONCE, increment()));
    world.run(5_000);

    world.loseDisk(BOS, 500);
    world.run(600);
    world.loseDisk(BOS, 10);
    world.run(20_000);
    Device bob = world.device("bob");
    bob.carry(first.success().flatMap(success -> success.hint()));

    assertThat(done(bob.ask(TYO, Patience.ONCE, get())).success()).isPresent();
  }

  private void lose(PopId pop) {
    world.loseDisk(pop, 500);
    world.run(1_000);
  }

  private void putBack(PopId pop, Disk.Copy old) {
    world.putBackDisk(pop, old, 500);
    world.run(1_000);
  }

  private List<SessionState> states(PopId pop) {
    return world.disks().getOrDefault(pop, Map.of()).values().stream()
        .map(record -> record.state())
        .toList();
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

  private static Operation increment() {
    return new Operation.Increment("n", 1);
  }

  private static Operation get() {
    return new Operation.Get(ImmutableList.of());
  }
}
