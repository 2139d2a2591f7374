package dev.sojourn.server.policy;

import static dev.sojourn.server.policy.Texts.BOS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.server.config.PolicySigners;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutFileTest {
  private final OfficerKey officer = OfficerKey.fresh();
  private final Optional<PolicySigners> signers = Optional.of(BundleTextTest.signers(officer));
  private final RolloutFile file;
  private final Rollout first = Rollout.beginning(Texts.policy("first", "US"));

  RolloutFileTest(@TempDir Path directory) {
    file = new RolloutFile(directory);
  }

  private Rollout trying() throws BundleRefused {
    return first
        .with(Texts.bundle(5, new Stage.All(), officer))
        .with(Texts.bundle(6, Texts.at(BOS), officer));
  }

  @Test
  void shouldComeBackAsItWas() throws Exception {
    assertThat(file.read(signers)).isEmpty();
    for (Rollout each : new Rollout[] {trying(), trying().settle()}) {
      file.write(each);
      assertThat(file.read(signers)).contains(each);
    }
  }

  @Test
  void shouldNeverComeBackAsSomethingElse() throws Exception {
    for (Rollout each : new Rollout[] {trying(), trying().settle()}) {
      file.write(each);
      byte[] whole = Files.readAllBytes(file.path());
      for (int i = 0; i < whole.length; i++) {
        byte[] damaged = whole.clone();
        damaged[i] ^= 1;
        Files.write(file.path(), damaged);
        assertDamagedOr(each, "byte " + i);
        Files.write(file.path(), Arrays.copyOf(whole, i));
        assertDamagedOr(each, "cut off at " + i);
      }
    }
  }

  private void assertDamagedOr(Rollout same, String what) throws Exception {
    Optional<Rollout> read;
    try {
      read = file.read(signers);
    } catch (RolloutUnusable told) {
      assertThat(told).as(what).hasMessageContaining(RolloutFile.NAME);
      return;
    }
    // Such as another white space between two of its words.
    assertThat(read).as(what).contains(same);
  }

  @Test
  void shouldNameTheFileAndTheRemedyWhereASignerIsMissing() throws Exception {
    file.write(trying());
    assertThatThrownBy(() -> file.read(Optional.of(BundleTextTest.signers(OfficerKey.fresh()))))
        .isInstanceOf(RolloutUnusable.class)
        .hasMessageContaining(file.path().toString())
        .hasMessageContaining("key " + officer.id())
        .hasMessageContaining("add its `.pub`");
    assertThatThrownBy(() -> file.read(Optional.empty()))
        .isInstanceOf(RolloutUnusable.class)
        .hasMessageContaining(file.path().toString())
        .hasMessageContaining("`policy-signers` is not set; set it again");
  }

  @Test
  void shouldNotLetANodeForgetItsPoliciesForWantOfALineInItsConfiguration() throws Exception {
    Path directory = file.path().resolveSibling(".").normalize();
    HeldPolicies.openNone(directory);
    file.write(trying());
    assertThatThrownBy(() -> HeldPolicies.openNone(directory))
        .isInstanceOf(RolloutUnusable.class)
        .hasMessageContaining(file.path().toString())
        .hasMessageContaining("`policy` is not set");
  }
}
