package dev.sojourn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sojourn.server.config.ConfigLoader;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.ops.NodeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is restarted with another topology. */
class PopMemoryTest {
  private static final String FRA =
      """
        - id: fra
          country: DE
          latitude: 50.11
          longitude: 8.68
          endpoint: 127.0.0.1:7411
      """;
  private static final String RETIRED_FRA = FRA + "    status: retired\n";

  private NodeFiles files;
  private Path memory;

  @BeforeEach
  void startOnceWithTwoPops(@TempDir Path directory) throws Exception {
    files = new NodeFiles(directory);
    memory = directory.resolve("data").resolve(PopMemory.FILE_NAME);
    restartWith(FRA);
  }

  @Test
  void shouldNotStartWithoutAPopThatItHasSeen() {
    assertThat(refusal(""))
        .contains("topology.yaml`: POP `fra` is gone; keep its entry, with `status: retired`");
  }

  @Test
  void shouldNotStartWithAPopInAnotherCountry() {
    assertThat(refusal(FRA.replace("DE", "FR")))
        .contains("POP `fra` cannot move from `DE` to `FR`; retire it");
  }

  @Test
  void shouldNotStartWithAPopThatWasRetired() throws Exception {
    restartWith(RETIRED_FRA);

    assertThat(refusal(FRA)).contains("POP `fra` was retired and cannot come back");
    assertThat(refusal("")).contains("POP `fra` is gone");
    restartWith(RETIRED_FRA);
  }

  @Test
  void shouldRememberAPopThatItSawOnlyWhileItRan() throws Exception {
    String ber = FRA.replace("fra", "ber").replace("7411", "7412");
    write(FRA);
    try (Node node = Node.start(ConfigLoader.load(files.node()))) {
      write(FRA + ber);
      TestNodes.await("the new POP is remembered", () -> remembers("ber"));
      assertThat(node.ports().clients()).isPositive();
    }

    assertThat(refusal(FRA)).contains("POP `ber` is gone");
  }

  @Test
  void shouldNotStartWithAMemoryThatCannotBeRead() throws Exception {
    for (String wrong :
        new String[] {"", "[]", "{", "{\"fra\":{}}", "{\"fra\":{\"country\":[]}}"}) {
      Files.writeString(memory, wrong);
      NodeFailure failure = failure(FRA);
      assertThat(failure.status()).as(wrong).isEqualTo(ExitStatus.STORAGE);
      assertThat(failure.line()).contains("pops.json` cannot be used", "delete it");
    }
  }

  private boolean remembers(String pop) {
    try {
      return Files.readString(memory).contains("\"" + pop + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void restartWith(String otherPops) throws Exception {
    write(otherPops);
    Node.start(ConfigLoader.load(files.node())).close();
  }

  private String refusal(String otherPops) {
    NodeFailure failure = failure(otherPops);
    assertThat(failure.status()).isEqualTo(ExitStatus.CONFIG);
    return failure.line();
  }

  private NodeFailure failure(String otherPops) {
    assertThatCode(() -> write(otherPops)).doesNotThrowAnyException();
    NodeFailure failure =
        catchThrowableOfType(
            NodeFailure.class, () -> Node.start(ConfigLoader.load(files.node())).close());
    assertThat(failure).as("a refusal").isNotNull();
    return failure;
  }

  private void write(String otherPops) throws Exception {
    files.write(
        "topology.yaml", NodeFiles.TOPOLOGY.replace("namespaces:", otherPops + "namespaces:"));
  }
}
