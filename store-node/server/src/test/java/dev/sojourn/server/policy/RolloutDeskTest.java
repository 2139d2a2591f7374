package dev.sojourn.server.policy;

import static dev.sojourn.server.policy.Texts.BOS;
import static dev.sojourn.server.policy.Texts.FRA;
import static dev.sojourn.server.policy.Texts.NYC;
import static dev.sojourn.server.policy.Texts.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.link.PolicyNews.Holding;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Sites;
import dev.sojourn.server.config.Topology;
import dev.sojourn.server.policy.BundleRefused.Kind;
import dev.sojourn.server.policy.Spread.Standing;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutDeskTest {
  private static final Stage ALL = new Stage.All();

  private final OfficerKey officer = OfficerKey.fresh();
  private final Path directory;

  RolloutDeskTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private DeskWorld world(long seed) throws Exception {
    DeskWorld world =
        new DeskWorld(
            directory.resolve(String.valueOf(seed)),
            BundleTextTest.signers(officer),
            seed,
            BOS,
            FRA,
            NYC);
    for (PopId pop : world.pops) {
      world.start(pop);
    }
    return world;
  }

  private static List<Long> deciding(DeskWorld world, PopId pop) {
    return world.held(pop).deciding().stream().map(Edition::version).toList();
  }

  private void push(DeskWorld world, PopId pop, long version, Stage stage) throws BundleRefused {
    world.desk(pop).push(Texts.bundle(version, stage, officer).bytes(), world.nowMillis);
  }

  @Test
  void shouldLetWhatIsNewlyAllowedWaitForTheLastPop() throws Exception {
    DeskWorld world = world(1);
    world.heal();
    for (PopId other : List.of(BOS, FRA)) {
      world.disconnect(NYC, other);
    }
    push(world, BOS, 1, ALL);
    assertThat(deciding(world, BOS)).containsExactly(0L, 1L);
    assertThat(world.desk(BOS).report().orElseThrow().holders()).isEqualTo(1);

    world.heal();
    for (PopId pop : world.pops) {
      assertThat(deciding(world, pop)).containsExactly(1L);
      assertThat(world.desk(pop).report().orElseThrow().holders()).isEqualTo(3);
    }
    assertThat(world.underWay()).isZero();
  }

  @Test
  void shouldEndUpAlikeAndNeverAheadOfAnotherPop() throws Exception {
    long first = new Random().nextLong() >>> 16;
    for (long seed = first; seed < first + 25; seed++) {
      DeskWorld world = world(seed);
      Random random = new Random(seed);
      List<Stage> stages = List.of(ALL, ALL, ALL, new Stage.Shadow(), at(BOS), at(FRA, NYC));
      for (int step = 0; step < 200; step++) {
        world.step();
        int what = random.nextInt(40);
        if (what == 0) {
          world.restart(world.anyPop());
        } else if (what == 1) {
          PopId at = world.anyPop();
          long version = 1 + world.held(at).newestVersion();
          push(world, at, version, stages.get(random.nextInt(stages.size())));
        }
        assertNobodyIsAhead(world, seed);
      }
      world.heal();
      assertNobodyIsAhead(world, seed);
      Holding holding = world.held(BOS).rollout().holding();
      for (PopId pop : world.pops) {
        assertThat(world.held(pop).rollout().holding()).as("seed %d", seed).isEqualTo(holding);
        assertThat(world.held(pop).rollout().main()).as("seed %d", seed).isEmpty();
      }
    }
  }

  @Test
  void shouldAskAgainForWhatWasLost() throws Exception {
    DeskWorld world = world(8);
    world.heal();
    push(world, BOS, 1, ALL);
    assertThat(world.underWay()).isPositive();
    world.loseAll();
    world.heal();
    for (PopId pop : world.pops) {
      assertThat(deciding(world, pop)).containsExactly(1L);
    }
  }

  @Test
  void shouldTakeWhatItHasRefusedOnceItsTopologyIsThere() throws Exception {
    DeskWorld world = world(9);
    PopId tyo = new PopId("tyo");
    Topology newer = Texts.topology(BOS, FRA, NYC, tyo);
    world.desk(BOS).topologyChanged(newer, world.nowMillis);
    world.desk(NYC).topologyChanged(newer, world.nowMillis);
    push(world, BOS, 1, at(tyo));
    world.heal();
    assertThat(world.desk(BOS).report().orElseThrow().others())
        .filteredOn(told -> told.pop().equals(FRA))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.standing()).isEqualTo(Standing.REFUSES);
              assertThat(told.reason().orElseThrow()).contains("names POP `tyo`");
            });
    assertThat(world.held(NYC).newestVersion()).isEqualTo(1);
    assertThat(world.held(FRA).newestVersion()).isZero();

    world.desk(FRA).topologyChanged(newer, world.nowMillis);
    world.heal();
    assertThat(world.held(FRA).newestVersion()).isEqualTo(1);
  }

  @Test
  void shouldMakeNothingStricterOfTheSamePolicyAgain() throws Exception {
    Policy same = BundleCheck.reread(Texts.policy("same", "[US, DE]"));
    Sites sites = Texts.topology(BOS, FRA).sites();
    Namespace shop = new Namespace("shop");
    CompiledPolicy twice =
        new Deciders(ImmutableList.of(same, same), Optional.empty()).compile(sites);
    assertThat(twice.of(shop).classes())
        .hasSameSizeAs(Deciders.of(same).compile(sites).of(shop).classes());
  }

  private static void assertNobodyIsAhead(DeskWorld world, long seed) {
    for (PopId pop : world.pops) {
      for (PopId other : world.pops) {
        assertThat(world.held(pop).rollout().settled().version())
            .as("seed %d: what alone decides at %s is held at %s", seed, pop, other)
            .isLessThanOrEqualTo(world.held(other).rollout().holding().main().version());
      }
    }
  }

  @Test
  void shouldNotWaitForAPopThatIsRetired() throws Exception {
    DeskWorld world = new DeskWorld(directory, BundleTextTest.signers(officer), 10, BOS, FRA, NYC);
    world.start(BOS);
    world.start(FRA);
    push(world, BOS, 1, ALL);
    world.heal();
    assertThat(deciding(world, BOS)).containsExactly(0L, 1L);

    Topology without = Texts.retired(world.topology, NYC);
    world.desk(BOS).topologyChanged(without, world.nowMillis);
    world.heal();
    assertThat(deciding(world, BOS)).containsExactly(1L);
    assertThat(deciding(world, FRA)).as("its topology still has it").containsExactly(0L, 1L);
  }

  @Test
  void shouldLeaveAllPopsWithOneOfTwoThatArePushedAtOnce() throws Exception {
    DeskWorld world = world(2);
    push(world, BOS, 1, ALL);
    OfficerKey same = officer;
    Bundle other =
        BundleText.sign(1, ALL, Texts.NOON.plusSeconds(1), Texts.policy("other", "US"), same);
    world.desk(FRA).push(other.bytes(), world.nowMillis);
    world.heal();
    Holding holding = world.held(BOS).rollout().holding();
    assertThat(world.pops)
        .allSatisfy(pop -> assertThat(world.held(pop).rollout().holding()).isEqualTo(holding));
    Bundle mine = Texts.bundle(1, ALL, officer);
    Bundle greater = mine.mark().isNewerThan(other.mark()) ? mine : other;
    assertThat(holding.main()).isEqualTo(greater.mark());
  }

  @Test
  void shouldTellAnOlderReleaseNothingAndWaitForIt() throws Exception {
    DeskWorld world = new DeskWorld(directory, BundleTextTest.signers(officer), 3, BOS, FRA, NYC);
    world.start(BOS);
    world.start(FRA);
    world.startOlder(NYC);
    push(world, BOS, 1, ALL);
    world.heal();
    assertThat(deciding(world, BOS)).containsExactly(0L, 1L);
    assertThat(deciding(world, FRA)).containsExactly(0L, 1L);
    assertThat(world.desk(BOS).report().orElseThrow().others())
        .extracting(Spread.Told::standing)
        .containsExactly(Standing.HOLDS, Standing.OLDER);
  }

  @Test
  void shouldRefuseWhatItCannotObeyAndGoOnWithWhatItHas() throws Exception {
    DeskWorld world = world(4);
    push(world, BOS, 3, ALL);
    assertRefused(world, Kind.NOT_NEWER, Texts.bundle(2, ALL, officer).bytes());
    assertRefused(world, Kind.UNKNOWN_SIGNER, Texts.bundle(4, ALL, OfficerKey.fresh()).bytes());
    assertRefused(world, Kind.UNKNOWN_POP, Texts.bundle(4, at(new PopId("tyo")), officer).bytes());
    assertRefused(world, Kind.UNREADABLE, "version: 4".getBytes(UTF_8));
    assertRefused(world, Kind.TOO_LARGE, new byte[BundleText.BYTES_MAX + 1]);
    assertRefused(world, Kind.UNSOUND, signed("[US, Narnia]"));
    assertRefused(world, Kind.UNSOUND, signed("[anywhere, not label:leased]"));
    assertRefused(world, Kind.UNSOUND, signed("[US, pop:tyo]"));
    byte[] altered = Texts.bundle(4, ALL, officer).bytes();
    altered[altered.length - 2] ^= 1;
    assertRefused(world, Kind.BAD_SIGNATURE, altered);
    assertThat(deciding(world, BOS)).containsExactly(0L, 3L);
  }

  private byte[] signed(String places) {
    return BundleText.sign(4, ALL, Texts.NOON, Texts.policy("x", places), officer).bytes();
  }

  private static void assertRefused(DeskWorld world, Kind kind, byte[] bytes) {
    assertThatThrownBy(() -> world.desk(BOS).push(bytes, world.nowMillis))
        .isInstanceOfSatisfying(
            BundleRefused.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              RolloutReport report = world.desk(BOS).report().orElseThrow();
              assertThat(report.lastRefusal().orElseThrow().reason()).isEqualTo(e.reason());
            });
  }

  @Test
  void shouldTellEveryMistakeOfAPolicyWithItsPlace() throws Exception {
    DeskWorld world = world(5);
    assertThatThrownBy(() -> world.desk(BOS).push(signed("[Narnia, Oz]"), 0))
        .hasMessageContaining("policy.yaml:5:")
        .hasMessageContaining("`Narnia`")
        .hasMessageContaining("`Oz`");
  }

  @Test
  void shouldTakeTheSameOneTwiceWithoutAWord() throws Exception {
    DeskWorld world = world(6);
    push(world, BOS, 3, ALL);
    push(world, BOS, 3, ALL);
    assertThat(world.desk(BOS).report().orElseThrow().lastRefusal()).isEmpty();
  }

  @Test
  void shouldNotLetTheFileDecideAnyMoreOnceABundleWasTaken() throws Exception {
    DeskWorld world = world(7);
    String wide = Texts.policy("wide", "anywhere");
    assertThat(world.desk(BOS).begin(wide, BundleCheck.reread(wide), 0)).isTrue();
    push(world, BOS, 1, new Stage.Shadow());
    String wider = Texts.policy("wider", "anywhere");
    assertThat(world.desk(BOS).begin(wider, BundleCheck.reread(wider), 0)).isFalse();
    assertThat(world.held(BOS).rollout().settled().yaml()).isEqualTo(wide);
    world.restart(BOS);
    assertThat(world.held(BOS).rollout().settled().yaml()).isEqualTo(wide);
  }
}
