package dev.sojourn.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableSet;
import dev.sojourn.yaml.InvalidYamlException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayConfigTest {
  private Examples examples;

  @BeforeEach
  void layOutTheExamples(@TempDir Path temporary) throws Exception {
    examples = new Examples(temporary);
  }

  @Test
  void shouldReadWhatTheExampleSays() throws Exception {
    NodeConfig.Gateway gateway = load().node().gateway().orElseThrow();
    assertThat(gateway.listen()).isEqualTo(new Address("127.0.0.1", 7403));
    assertThat(gateway.origins()).isEqualTo(ImmutableSet.of("https://shop.example.net"));
    assertThat(gateway.bodyBytesMax()).isEqualTo(3 << 20);
    assertThat(gateway.callMillisMax()).isEqualTo(10_000);
    assertThat(load().tokens().orElseThrow().entries()).hasSize(1);
  }

  @Test
  void shouldHaveNoneWhereItIsSwitchedOff() throws Exception {
    examples.replace("node.yaml", "enabled: true", "enabled: false");
    assertThat(load().node().gateway()).isEmpty();
    assertThat(load().tokens()).isEmpty();
  }

  @Test
  void shouldRefuseToBeOpenToEverybodyBeyondLoopback() throws Exception {
    examples.replace("node.yaml", "  tokens: tokens.yaml\n", "");
    assertThat(load().tokens()).isEmpty();
    examples.replace("node.yaml", "listen: 127.0.0.1:7403", "listen: 0.0.0.0:7403");
    assertThat(refusal()).contains("without `tokens` the gateway asks nobody who they are");

    examples.replace("node.yaml", "insecure: false", "insecure: true");
    assertThat(load().node().gateway()).isPresent();
  }

  @Test
  void shouldTellEveryProblemWithItsPlace() throws Exception {
    examples.replace("node.yaml", "[https://shop.example.net]", "[shop.example.net, https://a/b]");
    examples.replace("node.yaml", "time: 10s", "time: 1ms");
    examples.replace("tokens.yaml", "digest: 9f", "digest: 9F");
    assertThat(refusal())
        .contains("`shop.example.net` is not an origin")
        .contains("`https://a/b` is not an origin")
        .contains("out of bounds")
        .containsPattern("tokens.yaml:4:13: .*not a SHA-256 digest");
  }

  @Test
  void shouldRefuseAMissingTokensFile() throws Exception {
    Files.delete(examples.path("tokens.yaml"));
    assertThat(refusal()).contains("tokens.yaml:1:1: ").contains("no such file");
  }

  @Test
  void shouldRefuseOneTokenForTwoNamespaces() throws Exception {
    String entries = examples.read("tokens.yaml");
    examples.write(
        "tokens.yaml",
        entries + entries.substring(8).replace("namespace: shop", "namespace: chat"));
    assertThat(refusal()).contains("one token is listed twice");
  }

  private NodeSetup load() throws InvalidYamlException {
    return ConfigLoader.load(examples.path("node.yaml"));
  }

  private String refusal() {
    return String.valueOf(
        catchThrowableOfType(InvalidYamlException.class, this::load).getMessage());
  }
}
