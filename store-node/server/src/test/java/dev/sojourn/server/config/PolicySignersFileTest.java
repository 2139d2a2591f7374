package dev.sojourn.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.yaml.InvalidYamlException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySignersFileTest {
  private Examples examples;

  @BeforeEach
  void layOutTheExamples(@TempDir Path temporary) throws Exception {
    examples = new Examples(temporary);
  }

  private void assertProblem(String content, String... parts) throws Exception {
    examples.write("signers.pem", content);
    assertThatThrownBy(() -> ConfigLoader.load(examples.path("node.yaml")))
        .isInstanceOf(InvalidYamlException.class)
        .hasMessageContaining("signers.pem")
        .hasMessageContainingAll(parts);
  }

  @Test
  void shouldReadKeysWithNotesBetweenThem() throws Exception {
    examples.write("signers.pem", "The officer of the data:\n" + OfficerPem.PUBLIC + "\n");
    PolicySigners signers = ConfigLoader.load(examples.path("node.yaml")).signers().orElseThrow();
    assertThat(signers.ids()).singleElement().asString().matches("[0-9a-f]{16}");
  }

  @Test
  void shouldTellWhatIsWrongAndWhere() throws Exception {
    assertProblem("", "holds no public key");
    assertProblem("\n" + OfficerPem.PUBLIC.replace("MCow", "MCox"), ":2:1: no Ed25519 key");
    assertProblem(OfficerPem.PUBLIC + OfficerPem.PUBLIC, ":4:1: the same key a second time");
    assertProblem(
        OfficerPem.PUBLIC + OfficerPem.PUBLIC.substring(0, 60), ":4:1: a key without an end");
  }

  @Test
  void shouldRefuseAPrivateKeyAndNotQuoteIt() throws Exception {
    String secret = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp";
    String pem = "-----BEGIN " + "PRIVATE KEY-----\n" + secret + "\n";
    assertProblem(OfficerPem.PUBLIC + pem, ":4:1: holds a private key");
    assertThatThrownBy(() -> ConfigLoader.load(examples.path("node.yaml")))
        .message()
        .doesNotContain(secret);
  }

  @Test
  void shouldNotTakeSignersWithoutAPolicyToBeginWith() throws Exception {
    examples.replace("node.yaml", "policy: policy.yaml\n", "");
    assertThatThrownBy(() -> ConfigLoader.load(examples.path("node.yaml")))
        .hasMessageContaining("`policy-signers` without a `policy`");
  }
}
