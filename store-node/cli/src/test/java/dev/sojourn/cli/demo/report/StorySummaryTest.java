package dev.sojourn.cli.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.cli.demo.report.Request.How;
import dev.sojourn.cli.demo.report.Request.LinkUsed;
import dev.sojourn.value.PopId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StorySummaryTest {
  private static final String NOT_ABROAD =
      "a session does not follow its user where a policy keeps it from";
  private static final String FIRST = "the first request there costs one round trip";
  private static final String NEAR =
      "from the third on, each costs one trip to the nearest lawful POP";
  private static final String BACK = "it is pulled back when its user lands";
  private static final String KEPT = "no acknowledged write is lost, and one POP holds it all";

  @Test
  void shouldHoldEveryPromiseOfTheStoryAsItIsTold() {
    StorySummary story = new StorySummary(asTold(), 1, 1);
    assertThat(story.promises()).hasSize(5);
    assertThat(broken(story)).isEmpty();
    assertThat(story.allHeld()).isTrue();
  }

  @Test
  void shouldBreakEachPromiseByItsOwnFigure() {
    assertThat(broken(with(4, request("nrt", How.MOVED, "sjc", 1)))).containsExactly(NOT_ABROAD);
    assertThat(broken(with(2, request("nrt", How.REMOTE, "jfk", 2)))).containsExactly(FIRST);
    assertThat(broken(with(2, request("nrt", How.REMOTE, "bos", 1)))).containsExactly(FIRST);
    assertThat(broken(with(4, request("nrt", How.REMOTE, "jfk", 1)))).containsExactly(NEAR);
    assertThat(broken(with(5, request("nrt", How.REMOTE, "sjc", 2)))).containsExactly(NEAR);
    assertThat(broken(with(6, request("jfk", How.REMOTE, "sjc", 1)))).containsExactly(BACK);
    assertThat(broken(with(6, request("jfk", How.MOVED, "bos", 1)))).containsExactly(BACK);
    assertThat(broken(new StorySummary(asTold(), 0, 1))).containsExactly(KEPT);
    assertThat(broken(new StorySummary(asTold(), 1, 2))).containsExactly(KEPT);
  }

  @Test
  void shouldHoldNothingWhereNothingHappened() {
    assertThat(broken(new StorySummary(List.of(), 0, 1))).hasSize(5);
  }

  private static StorySummary with(int index, Request other) {
    List<Request> requests = asTold();
    requests.set(index, other);
    return new StorySummary(requests, 1, 1);
  }

  private static List<Request> asTold() {
    return new ArrayList<>(
        List.of(
            created(),
            request("jfk", How.MOVED, "bos", 1),
            request("nrt", How.REMOTE, "jfk", 1),
            request("nrt", How.REMOTE, "jfk", 2),
            request("nrt", How.REMOTE, "sjc", 1),
            request("nrt", How.REMOTE, "sjc", 1),
            request("jfk", How.MOVED, "sjc", 1)));
  }

  private static List<String> broken(StorySummary story) {
    return story.promises().stream()
        .filter(promise -> !promise.held())
        .map(Summary.Promise::name)
        .toList();
  }

  private static Request created() {
    return of("bos", true, How.CREATED, Optional.empty(), 0);
  }

  private static Request request(String pop, How how, String owner, int roundTrips) {
    Duration rtt = Duration.ofMillis(100);
    return of(pop, false, how, Optional.of(new LinkUsed(new PopId(owner), rtt, rtt)), roundTrips);
  }

  private static Request of(
      String pop, boolean write, How how, Optional<LinkUsed> link, int roundTrips) {
    return new Request(
        4,
        LocalDate.of(2026, 6, 1),
        "somewhere",
        new PopId(pop),
        write,
        how,
        roundTrips,
        link,
        Duration.ofMillis(1),
        1,
        1,
        0);
  }
}
