package dev.sojourn.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyMemoryTest {
  private final Path directory;
  private List<String> deciding = List.of("version: 1");
  private Sites sites = in("US");

  PolicyMemoryTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static Sites in(String country) {
    return Sites.of(
        ImmutableList.of(new Site(new PopId("bos"), new Country(country), ImmutableSet.of())));
  }

  private PolicyMemory open(long nowMillis) throws IOException {
    return PolicyMemory.open(directory, deciding, sites, nowMillis);
  }

  @Test
  void shouldNotBeginAGraceAnewWithARestart() throws IOException {
    assertThat(open(1_000).sinceMillis()).isEqualTo(1_000);
    assertThat(open(5_000).sinceMillis()).isEqualTo(1_000);
  }

  @Test
  void shouldSweepAgainAfterARestartThatCameBeforeTheEnd() throws IOException {
    open(1_000);
    assertThat(open(2_000).isSwept()).isFalse();

    open(3_000).swept(1_000);
    assertThat(open(4_000).isSwept()).isTrue();
    assertThat(open(4_000).sinceMillis()).isEqualTo(1_000);
  }

  @Test
  void shouldNoticeAPolicyThatWasChangedWhileTheNodeWasDown() throws IOException {
    open(1_000).swept(1_000);
    deciding = List.of("version: 2");

    assertThat(open(9_000).sinceMillis()).isEqualTo(9_000);
    assertThat(open(9_000).isSwept()).isFalse();
  }

  @Test
  void shouldBeginAGraceAnewWithEachPolicyThatIsTakenOver() throws IOException {
    PolicyMemory memory = open(1_000);
    memory.swept(1_000);
    deciding = List.of("version: 2");
    memory.decide(deciding, sites, 7_000);

    assertThat(memory.isSwept()).isFalse();
    assertThat(open(9_000).sinceMillis()).isEqualTo(7_000);
  }

  @Test
  void shouldKeepWhatItMayHaveToDropForAnotherGraceIfItsFileIsDamaged() throws IOException {
    open(1_000).swept(1_000);
    Files.writeString(directory.resolve("policy-since.json"), "{\"digest\":");

    assertThat(open(8_000).sinceMillis()).isEqualTo(8_000);
    assertThat(open(8_000).isSwept()).isFalse();
  }

  @Test
  void shouldNoticeATopologyThatWasChangedWhileTheNodeWasDown() throws IOException {
    open(1_000).swept(1_000);
    sites = in("CA");

    assertThat(open(9_000).sinceMillis()).isEqualTo(9_000);
    assertThat(open(9_000).isSwept()).isFalse();
  }

  @Test
  void shouldSweepAgainWhereTheNodeRanWithoutAPolicyMeanwhile() throws IOException {
    open(1_000).swept(1_000);
    PolicyMemory.forget(directory);

    assertThat(open(9_000).isSwept()).isFalse();
  }

  @Test
  void shouldNotTakeTheEndOfAFormerSweepForTheEndOfThisOne() throws IOException {
    PolicyMemory memory = open(1_000);
    memory.decide(List.of("version: 2"), sites, 7_000);
    memory.swept(1_000);

    assertThat(memory.isSwept()).isFalse();
  }

  @Test
  void shouldGoOnWithAGraceWhereAPolicyIsTakenAway() throws IOException {
    deciding = List.of("old", "new");
    PolicyMemory memory = open(1_000);
    memory.decide(List.of("new"), sites, 5_000);
    assertThat(memory.sinceMillis()).isEqualTo(1_000);
    memory.swept(1_000);

    deciding = List.of("new");
    assertThat(open(9_000).isSwept()).isTrue();
    memory.decide(List.of("old", "new"), sites, 9_500);
    assertThat(memory.sinceMillis()).isEqualTo(9_500);
    assertThat(memory.isSwept()).isFalse();
  }
}
