package dev.sojourn.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.core.move.QuietOrCoin;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private Path directory;
  private Examples examples;

  @BeforeEach
  void layOutTheExamples(@TempDir Path temporary) throws Exception {
    directory = temporary;
    examples = new Examples(directory);
  }

  @Test
  void shouldFillInTheDefaults() throws Exception {
    examples.write("node.yaml", "pop: bos\ndata: store\n");
    NodeConfig node = ConfigLoader.load(examples.path("node.yaml")).node();
    assertThat(node.dataDirectory()).isEqualTo(directory.resolve("store"));
    assertThat(node.topologyFile()).isEqualTo(directory.resolve("topology.yaml"));
    assertThat(node.listen().clients()).hasToString("127.0.0.1:7400");
    assertThat(node.listen().peers()).hasToString("127.0.0.1:7401");
    assertThat(node.listen().admin()).hasToString("127.0.0.1:7402");
    assertThat(node.tls()).isEmpty();
    assertThat(node.storage().reserveBytes()).isEqualTo(64L << 20);
    assertThat(node.limits().inFlightMax()).isEqualTo(4_096);
    assertThat(node.shards()).isPositive();
    assertThat(node.clockErrorMillis()).isEqualTo(600_000);
  }

  @Test
  void shouldGiveANamespaceTheCoresDefaults() throws Exception {
    examples.replace("topology.yaml", "name: shop", "name: plain\n  - name: shop");
    Topology topology = ConfigLoader.load(examples.path("node.yaml")).topology();
    assertThat(topology.namespaces().get(new Namespace("plain")))
        .isEqualTo(NamespaceSettings.defaults());
    assertThat(topology.namespaces().get(new Namespace("shop")))
        .isEqualTo(NamespaceSettings.defaults());
  }

  @Test
  void shouldTakeEachWayToMove() throws Exception {
    examples.replace("topology.yaml", "move-cost: 0.5", "move-cost: 3");
    examples.replace("topology.yaml", "move: auto", "move: coin");
    assertThat(shop().move()).isEqualTo(QuietOrCoin.standard().withMoveCost(3).coinOnly());
    examples.replace("topology.yaml", "move: coin", "move: always");
    assertThat(shop().move()).isNotInstanceOf(QuietOrCoin.class);
    examples.replace("topology.yaml", "move: always", "move: sometimes");
    assertThat(problems()).singleElement().asString().contains("unknown way to move `sometimes`");
  }

  @Test
  void shouldKeepNorway() throws Exception {
    Topology topology = ConfigLoader.load(examples.path("node.yaml")).topology();
    assertThat(topology.find(new PopId("osl")).orElseThrow().country().code()).isEqualTo("NO");
  }

  @Test
  void shouldRefuseToListenBeyondLoopbackUnprotected() throws Exception {
    String bare = "pop: bos\ndata: store\nlisten:\n  clients: 0.0.0.0:7400\n  admin: '[::]:0'\n";
    examples.write("node.yaml", bare);
    assertThat(problems())
        .containsExactly(
            "node.yaml:4:12: `0.0.0.0:7400` is reached from other machines, and what is said there can"
                + " be read; give `tls`, listen at `127.0.0.1`, or spell out `insecure: true`",
            "node.yaml:5:10: `[::]:0` is reached from other machines, and the admin port asks nobody"
                + " who they are and has no TLS; listen at `127.0.0.1`, or spell out `insecure:"
                + " true`");
    examples.write("node.yaml", bare + "insecure: false\n");
    assertThat(problems()).hasSize(2);
    examples.write("node.yaml", bare + "insecure: true\n");
    assertThat(problems()).isEmpty();
    examples.write("node.yaml", bare.replace("0.0.0.0", "localhost").replace("[::]", "[::1]"));
    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldNotTakeTlsForAProtectionOfTheAdminPort() throws Exception {
    examples.replace("node.yaml", "admin: 127.0.0.1:7402", "admin: 0.0.0.0:7402");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("`0.0.0.0:7402`", "has no TLS", "spell out `insecure: true`")
        .doesNotContain("give `tls`");
    examples.replace("node.yaml", "insecure: false", "insecure: true");
    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldLetTheAuthorityOfClientsVouchForPeersUnlessTheyHaveTheirOwn() throws Exception {
    assertThat(tls().peerCa()).contains(examples.path("tls/pops.crt"));
    examples.replace("node.yaml", "  peer-ca: tls/pops.crt\n", "");
    assertThat(tls().peerCa()).contains(examples.path("tls/clients.crt"));
    examples.replace("node.yaml", "  client-ca: tls/clients.crt\n", "");
    assertThat(tls().peerCa()).isEmpty();
  }

  private NodeConfig.Tls tls() throws Exception {
    return ConfigLoader.load(examples.path("node.yaml")).node().tls().orElseThrow();
  }

  @Test
  void shouldTellTheProblemsOfAllFilesAtOnce() throws Exception {
    examples.replace("node.yaml", "reserve: 64MiB", "reserve: 64MB");
    examples.replace("node.yaml", "node.crt", "gone.crt");
    examples.replace("topology.yaml", "status: active", "status: actve");
    examples.replace("topology.yaml", "country: NO", "country: UK");
    examples.replace("topology.yaml", "      default: 30m", "      default: 31d");
    examples.replace("topology.yaml", "field: 256KiB", "field: 2MiB");
    examples.replace("topology.yaml", "  - id: osl", "  - id: bos");
    examples.replace("topology.yaml", "osl.example", "bos.example");
    examples.replace("keys.yaml", "created: 2026-11-23", "created: today");
    assertThat(problems())
        .hasSize(9)
        .anyMatch(told -> told.contains("`64MB` is not a size"))
        .anyMatch(told -> told.contains("gone.crt`; give a file that this user may read"))
        .anyMatch(told -> told.contains("unknown status `actve`; did you mean `active`?"))
        .anyMatch(told -> told.contains("`UK` is not in ISO 3166-1"))
        .anyMatch(told -> told.contains("the default is longer than `max`"))
        .anyMatch(told -> told.contains("a field may be larger than its session"))
        .anyMatch(told -> told.contains("POP `bos` a second time"))
        .anyMatch(told -> told.startsWith("keys.yaml:4:14: key `created`: not a date"));
  }

  @Test
  void shouldRefuseAPopThatTheTopologyLacksOrHasRetired() throws Exception {
    examples.replace("node.yaml", "pop: bos", "pop: boss");
    assertThat(problems())
        .containsExactly("node.yaml:2:6: unknown POP `boss`; did you mean `bos`?");
    examples.replace("node.yaml", "pop: boss", "pop: lhr");
    assertThat(problems()).singleElement().asString().contains("POP `lhr` is retired");
  }

  @Test
  void shouldNameAFileThatIsNotThere() throws Exception {
    Files.delete(examples.path("topology.yaml"));
    Files.delete(examples.path("keys.yaml"));
    assertThat(problems())
        .containsExactly(
            "topology.yaml:1:1: cannot be read: there is no such file",
            "keys.yaml:1:1: cannot be read: there is no such file");
    Files.delete(examples.path("node.yaml"));
    assertThat(problems()).containsExactly("node.yaml:1:1: cannot be read: there is no such file");
  }

  @Test
  void shouldWantAnActivePopAndANamespace() throws Exception {
    examples.write("topology.yaml", "pops: []\nnamespaces: []\n");
    assertThat(problems())
        .containsExactly("topology.yaml:1:7: no POP is active; list at least this node's own");
    examples.write("topology.yaml", "pops:\nnamespaces: 3\n");
    assertThat(problems()).hasSize(2);
  }

  private NamespaceSettings shop() throws Exception {
    Topology topology = ConfigLoader.load(examples.path("node.yaml")).topology();
    return Objects.requireNonNull(topology.namespaces().get(new Namespace("shop")));
  }

  private List<String> problems() {
    InvalidYamlException failure =
        catchThrowableOfType(
            InvalidYamlException.class, () -> ConfigLoader.load(examples.path("node.yaml")));
    return failure == null
        ? List.of()
        : failure.problems().stream()
            .map(YamlProblem::headline)
            .map(told -> told.replace(directory + "/", ""))
            .toList();
  }
}
