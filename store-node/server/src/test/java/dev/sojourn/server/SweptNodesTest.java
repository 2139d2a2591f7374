package dev.sojourn.server;

import static dev.sojourn.server.SearchedNodes.BOS;
import static dev.sojourn.server.SearchedNodes.FRA;
import static dev.sojourn.server.SearchedNodes.POPS;
import static dev.sojourn.server.TestNodes.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.effect.LedgerEntry.Act;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.server.storage.rocksdb.RocksSessionStore;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.Operation;
import dev.sojourn.value.PopId;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A policy becomes stricter at real nodes, and what lay where it may no longer is gone, bytes too.
 */
class SweptNodesTest {
  private static final String NAMES_AT_HOME =
      """
      version: strict
      classes:
        identity: {sensitive: true, fields: [name]}
      namespaces:
        shop:
          grace: GRACE
          rules:
            - {id: at-home, why: a duty, when: {class: identity}, store: home, else: deny}
      """;

  private final Path directory;
  private final SplittableRandom random = new SplittableRandom(11);

  SweptNodesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private SearchedNodes nodes(String strict) throws Exception {
    SearchedNodes nodes = new SearchedNodes(directory, strict);
    for (PopId pop : POPS) {
      nodes.obey(pop, DrawnPolicy.OPEN);
    }
    nodes.start(RocksSessionStore::open);
    return nodes;
  }

  private Operation name(SearchedNodes nodes, String residency) {
    byte[] value = new byte[18];
    random.nextBytes(value);
    return nodes.secret("name", residency, value);
  }

  @Test
  void shouldMoveWhatMayRestElsewhereAndLeaveNoByteOfIt() throws Exception {
    String strict = NAMES_AT_HOME.replace("GRACE", "1h");
    try (SearchedNodes nodes = nodes(strict)) {
      String hint = nodes.create(FRA, "US", name(nodes, "US")).orElseThrow().getHint();
      assertThat(nodes.create(FRA, "US", name(nodes, "US"))).isPresent();
      // A start writes what was in the log into tables: from there, too, it must go.
      nodes.nodes().restart(FRA);
      nodes.forgetClient(FRA);
      assertThat(nodes.create(FRA, "US", name(nodes, "US"))).isPresent();
      assertThat(nodes.atRest(FRA)).as("values in Frankfurt before").isEqualTo(3);

      nodes.tighten(strict);

      assertThat(nodes.sweep(FRA)).extracting(ResidencySweep.Report::moved).isEqualTo(3L);
      assertThat(nodes.sweep(FRA)).extracting(ResidencySweep.Report::erased).isEqualTo(0L);
      assertThat(nodes.nodes().read(BOS, hint, "name")).isNotEmpty();
      assertThat(nodes.atRest(BOS)).as("values in Boston").isEqualTo(3);
      assertThat(nodes.search()).isEmpty();
    }
  }

  @Test
  void shouldEraseWhatMayRestNowhereAfterItsGraceAndSaySo() throws Exception {
    String strict = NAMES_AT_HOME.replace("GRACE", "0s");
    try (SearchedNodes nodes = nodes(strict)) {
      String hint = nodes.create(FRA, "BR", name(nodes, "BR")).orElseThrow().getHint();

      nodes.tighten(strict);

      assertThat(nodes.sweep(FRA)).extracting(ResidencySweep.Report::erased).isEqualTo(1L);
      ErrorDetail told =
          nodes.nodes().refusal(FRA, nodes.nodes().request(hint, get("cart")).build());
      assertThat(told.getCode()).isEqualTo(ErrorCode.SESSION_ERASED);
      assertThat(told.getText()).contains("no longer lets it rest at `fra`");
      assertThat(nodes.ledger(FRA)).contains("\"act\":\"" + Act.ERASED.word() + "\"");
      assertThat(nodes.search()).isEmpty();
    }
  }
}
