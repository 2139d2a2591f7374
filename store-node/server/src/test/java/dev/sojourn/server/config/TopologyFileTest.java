package dev.sojourn.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.server.config.TopologyFile.Refused;
import dev.sojourn.server.config.TopologyFile.Replaced;
import dev.sojourn.server.config.TopologyFile.Unchanged;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyFileTest {
  private static final String NAME = "topology.yaml";

  private Examples examples;
  private TopologyFile file;

  @BeforeEach
  void loadTheExample(@TempDir Path temporary) throws Exception {
    examples = new Examples(temporary);
    Path path = examples.path(NAME);
    file = new TopologyFile(path, ConfigLoader.loadTopology(path));
  }

  @Test
  void shouldFindNothingNewInAnUnchangedFile() {
    for (int i = 0; i < 5; i++) {
      assertThat(file.look()).isEqualTo(new Unchanged());
    }
  }

  @Test
  void shouldTakeANewContentOnceItHasSettled() throws Exception {
    examples.replace(NAME, "bos.example.net", "bos2.example.net");
    assertThat(file.look()).isEqualTo(new Unchanged());
    examples.replace(NAME, "bos2.example.net", "bos3.example.net");
    assertThat(file.look()).isEqualTo(new Unchanged());
    assertThat(file.look()).isInstanceOf(Replaced.class);
    assertThat(file.current().pops().toString()).contains("bos3.example.net");
    assertThat(file.look()).isEqualTo(new Unchanged());
  }

  @Test
  void shouldKeepWhatItHasWhenTheFileIsBadOrGone() throws Exception {
    Topology before = file.current();
    examples.write(NAME, "pops: [");
    assertThat(settled()).isInstanceOf(Refused.class);
    assertThat(file.look()).isEqualTo(new Unchanged());
    Files.delete(examples.path(NAME));
    assertThat(settled()).isInstanceOf(Refused.class);
    assertThat(file.look()).isEqualTo(new Unchanged());
    examples.write(NAME, "");
    assertThat(settled()).isInstanceOf(Refused.class);
    assertThat(file.current()).isSameAs(before);
  }

  @Test
  void shouldRefuseATopologyWithoutAPopThatItHad() throws Exception {
    examples.replace(NAME, "id: osl", "id: svg");
    assertThat(settled()).asString().contains("POP `osl` is gone; keep its entry");
  }

  @Test
  void shouldRefuseToBringARetiredPopBack() throws Exception {
    examples.replace(NAME, "status: retired", "endpoint: lhr.example.net:7401");
    assertThat(settled()).asString().contains("POP `lhr` was retired and cannot come back");
  }

  @Test
  void shouldRefuseAPopInAnotherCountry() throws Exception {
    examples.replace(NAME, "country: NO", "country: SE");
    assertThat(settled()).asString().contains("POP `osl` cannot move from `NO` to `SE`");
  }

  @Test
  void shouldTakeANewPopAndARetirement() throws Exception {
    examples.replace(NAME, "status: active", "status: retired");
    examples.replace(
        NAME,
        "pops:",
        "pops:\n  - {id: nrt, country: JP, latitude: 35.7, longitude: 140.3, endpoint: 'n:1'}");
    assertThat(settled()).isInstanceOf(Replaced.class);
    assertThat(file.current().pops()).hasSize(4);
  }

  private TopologyFile.Look settled() {
    assertThat(file.look()).isEqualTo(new Unchanged());
    return file.look();
  }
}
