package dev.sojourn.server.policy;

import static dev.sojourn.server.policy.Texts.BOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.config.Topology;
import dev.sojourn.value.PopId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node tells of itself while it is taking a policy, however long that lasts. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReportWhileTakingTest {
  private final OfficerKey officer = OfficerKey.fresh();
  private final CountDownLatch isTaking = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final RolloutDesk desk;

  ReportWhileTakingTest(@TempDir Path directory) throws Exception {
    Optional<PolicySigners> signers = Optional.of(BundleTextTest.signers(officer));
    Topology topology = Texts.topology(BOS);
    String first = Texts.policy("first", "US");
    HeldPolicies held = HeldPolicies.open(BOS, directory, first, signers, topology, 0);
    Shadows shadows = new Shadows(() -> 0, () -> 0);
    this.desk = new RolloutDesk(BOS, Optional.of(held), signers, topology, new Holding(), shadows);
  }

  /** Holds whoever takes a policy, as one does that takes long to compile. */
  private final class Holding implements PolicyPosts {
    @Override
    public void send(PopId to, PolicyNews news) {}

    @Override
    public void dial(PopId to) {}

    @Override
    public void obey(PolicyInForce policy, boolean toSweep) {
      isTaking.countDown();
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @AfterEach
  void letGo() {
    mayGoOn.countDown();
  }

  @Test
  void shouldTellWhatWasBeforeWithoutWaitingForThePolicyThatIsBeingTaken() throws Exception {
    CompletableFuture<Void> pushed =
        CompletableFuture.runAsync(
            () -> {
              try {
                desk.push(Texts.bundle(1, new Stage.All(), officer).bytes(), 0);
              } catch (BundleRefused e) {
                throw new AssertionError(e);
              }
            });
    isTaking.await();

    RolloutReport meanwhile = desk.report().orElseThrow();
    assertThat(pushed).isNotDone();
    assertThat(meanwhile.deciding()).containsExactly(0L);
    assertThat(meanwhile.main()).isEmpty();

    mayGoOn.countDown();
    pushed.get(30, TimeUnit.SECONDS);
    RolloutReport afterwards = desk.report().orElseThrow();
    assertThat(afterwards.deciding()).containsExactly(1L);
    assertThat(afterwards.settled().version()).isEqualTo(1);
  }
}
