package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.increment;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.NamespaceSettings.OnMissing;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power failure undoes, with real stores: the store is copied while the node runs, which is
 * what a disk would hold if the power went then, and a node is started on the copy.
 */
class AsyncNamespaceTest {
  private static final long NEVER_BY_ITSELF_MILLIS = 60_000;

  private Path directory;
  private TestNodes nodes;

  @BeforeEach
  void makeNodes(@TempDir Path empty) throws IOException {
    directory = empty;
    nodes = new TestNodes(directory, BOS, FRA);
    nodes.syncInterval(NEVER_BY_ITSELF_MILLIS);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void shouldTellWhoHasSeenWhatAPowerFailureUndid() throws Exception {
    nodes.durability(Durability.ASYNC, OnMissing.FAIL);
    nodes.start(BOS);
    String first = execute("", put("cart", "tea")).getHint();
    Path image = powerFailureImage();
    String second = execute(first, increment("n")).getHint();
    String third = execute(second, increment("n")).getHint();
    restartOn(image);

    ErrorDetail refusal = nodes.refusal(BOS, nodes.request(third, get("n")).build());
    assertThat(refusal.getCode()).isEqualTo(ErrorCode.VERSIONS_MISSING);
    assertThat(refusal.getVersionsMissing()).isEqualTo(2);

    ExecuteResponse goesOn = execute(refusal.getHint(), increment("n"), get("cart"));
    assertThat(goesOn.getResults(0).getNumber()).isEqualTo(1);
    assertThat(goesOn.getOutcome().getEpoch()).isEqualTo(2);
    ExecuteResponse unseen = execute(first, get("cart"));
    assertThat(unseen.getOutcome().getVersionsMissing()).isZero();
  }

  @Test
  void shouldGoOnAndSayWhatIsMissingWhereTheNamespaceWantsThat() throws Exception {
    nodes.durability(Durability.ASYNC, OnMissing.GO_ON);
    nodes.start(BOS);
    nodes.start(FRA);
    String first = execute("", put("cart", "tea")).getHint();
    Path image = powerFailureImage();
    String second = execute(first, increment("n")).getHint();
    restartOn(image);

    // From another POP, so that the number crosses the wire between POPs as well.
    ExecuteResponse response =
        nodes.client(FRA).execute(nodes.request(second, increment("n"), get("cart")).build());
    assertThat(response.getOutcome().getVersionsMissing()).isEqualTo(1);
    assertThat(response.getResults(0).getNumber()).isEqualTo(1);
  }

  @Test
  void shouldMissNothingAfterAnOrderlyEnd() throws Exception {
    nodes.durability(Durability.ASYNC, OnMissing.FAIL);
    nodes.start(BOS);
    String first = execute("", put("cart", "tea")).getHint();
    String second = execute(first, increment("n")).getHint();
    nodes.restart(BOS);

    ExecuteResponse response = execute(second, increment("n"));
    assertThat(response.getResults(0).getNumber()).isEqualTo(2);
    assertThat(response.getOutcome().getEpoch()).isEqualTo(1);
  }

  @Test
  void shouldKeepAnsweredWritesOfAStrictNamespaceThroughAPowerFailure() throws Exception {
    nodes.start(BOS);
    String first = execute("", put("cart", "tea")).getHint();
    String second = execute(first, increment("n")).getHint();
    restartOn(powerFailureImage());

    ExecuteResponse response = execute(second, increment("n"));
    assertThat(response.getResults(0).getNumber()).isEqualTo(2);
    assertThat(response.getOutcome().getEpoch()).isEqualTo(1);
  }

  private ExecuteResponse execute(String hint, dev.sojourn.v1.Operation... operations) {
    return nodes.client(BOS).execute(nodes.request(hint, operations).build());
  }

  private Path powerFailureImage() throws IOException {
    Path image = directory.resolve("image");
    while (true) {
      try {
        copy(nodes.dataDirectory(BOS), image);
        return image;
      } catch (NoSuchFileException replacedMeanwhile) {
        // The node renames a file into place while it runs, and a disk never holds half a rename.
        MoreFiles.deleteRecursively(image, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
  }

  private void restartOn(Path image) throws Exception {
    nodes.node(BOS).close();
    MoreFiles.deleteRecursively(nodes.dataDirectory(BOS), RecursiveDeleteOption.ALLOW_INSECURE);
    copy(image, nodes.dataDirectory(BOS));
    nodes.start(BOS);
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(from)) {
      all = found.toList();
    }
    for (Path each : all) {
      Files.copy(each, to.resolve(from.relativize(each).toString()));
    }
  }
}
