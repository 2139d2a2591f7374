package dev.sojourn.server.policy;

import static dev.sojourn.server.policy.Texts.BOS;
import static dev.sojourn.server.policy.Texts.FRA;
import static dev.sojourn.server.policy.Texts.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.core.link.PolicyNews.Holding;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutTest {
  private static final Stage ALL = new Stage.All();
  private static final Stage SHADOW = new Stage.Shadow();

  private final OfficerKey officer = OfficerKey.fresh();
  private final Rollout beginning = Rollout.beginning(Texts.policy("first", "US"));

  private static List<Long> deciding(Rollout rollout, PopId pop) {
    return rollout.deciding(pop).stream().map(Edition::version).toList();
  }

  private Bundle bundle(long version, Stage stage) {
    return Texts.bundle(version, stage, officer);
  }

  @Test
  void shouldLetOneForAllDecideBesideTheSettledOneUntilItIsSettled() throws Exception {
    Rollout taken = beginning.with(bundle(5, ALL));
    assertThat(deciding(taken, BOS)).containsExactly(0L, 5L);

    Rollout settled = taken.settle();
    assertThat(deciding(settled, BOS)).containsExactly(5L);
    assertThat(settled.holding()).isEqualTo(taken.holding());
    assertThat(settled.settle()).isEqualTo(settled);
  }

  @Test
  void shouldLetOneForSomeDecideThereAlone() throws Exception {
    Rollout staged = beginning.with(bundle(5, at(BOS)));
    assertThat(deciding(staged, BOS)).containsExactly(0L, 5L);
    assertThat(deciding(staged, FRA)).containsExactly(0L);
    assertThat(staged.shadow()).isEmpty();
    assertThat(staged.settle()).isEqualTo(staged);
  }

  @Test
  void shouldLetOneInShadowDecideNowhere() throws Exception {
    Rollout shadowed = beginning.with(bundle(5, SHADOW));
    assertThat(deciding(shadowed, BOS)).containsExactly(0L);
    assertThat(shadowed.shadow().orElseThrow().version()).isEqualTo(5);
    assertThat(shadowed.with(bundle(6, at(FRA))).shadow()).isEmpty();
  }

  @Test
  void shouldNotTakeBackWhatIsNotSettledYetForTheSakeOfATrial() throws Exception {
    Rollout trying = beginning.with(bundle(5, ALL)).with(bundle(6, SHADOW));
    assertThat(deciding(trying, BOS)).containsExactly(0L, 5L);
    assertThat(deciding(trying.settle(), BOS)).containsExactly(5L);
    assertThat(trying.settle().shadow()).isPresent();
    assertThat(trying.with(bundle(7, ALL)).trial()).isEmpty();
    assertThat(deciding(trying.with(bundle(7, ALL)), BOS)).containsExactly(0L, 7L);
  }

  @Test
  void shouldRefuseWhatIsNotNewer() throws Exception {
    Rollout held = beginning.with(bundle(9, ALL));
    assertThatThrownBy(() -> held.with(bundle(7, ALL)))
        .hasMessage("version 7 is not newer than 9; push it as version 10");
    assertThatThrownBy(() -> held.with(bundle(9, ALL)))
        .hasMessage("another bundle of version 9 stands; push it as version 10");
    assertThatThrownBy(() -> held.with(bundle(8, SHADOW)))
        .hasMessageStartingWith("version 8 is not newer than 9");
    Rollout both = held.with(bundle(12, SHADOW));
    assertThatThrownBy(() -> both.with(bundle(11, at(BOS))))
        .hasMessage("version 11 is not newer than 12; push it as version 13");
    assertThat(both.with(bundle(10, ALL)).trial()).isPresent();
  }

  @Test
  void shouldComeToTheSameInWhateverOrderBundlesArrive() {
    for (long seed = new Random().nextLong(), i = 0; i < 60; i++, seed++) {
      Random random = new Random(seed);
      List<Bundle> all = new ArrayList<>();
      List<Stage> stages = List.of(ALL, ALL, SHADOW, at(BOS), at(FRA));
      OfficerKey other = OfficerKey.fresh();
      for (int each = 0; each < 7; each++) {
        Stage stage = stages.get(random.nextInt(stages.size()));
        all.add(Texts.bundle(1 + random.nextInt(5), stage, random.nextBoolean() ? officer : other));
      }
      Set<Holding> ends = new HashSet<>();
      for (int order = 0; order < 6; order++) {
        List<Bundle> arriving = new ArrayList<>(all);
        arriving.addAll(all.subList(0, 3));
        Collections.shuffle(arriving, random);
        Rollout rollout = beginning;
        for (Bundle bundle : arriving) {
          try {
            rollout = rollout.with(bundle);
          } catch (BundleRefused e) {
            assertThat(e.kind()).isEqualTo(BundleRefused.Kind.NOT_NEWER);
          }
          rollout = random.nextInt(3) == 0 ? rollout.settle() : rollout;
        }
        ends.add(rollout.holding());
      }
      assertThat(ends).as("seed %d", seed).hasSize(1);
    }
  }
}
