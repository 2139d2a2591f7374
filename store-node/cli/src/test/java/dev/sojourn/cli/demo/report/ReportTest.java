package dev.sojourn.cli.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sojourn.cli.demo.data.Journey;
import dev.sojourn.cli.demo.data.RoundTrips;
import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.cli.demo.net.WideAreaNetwork;
import dev.sojourn.cli.demo.report.Request.How;
import dev.sojourn.cli.demo.report.Request.LinkUsed;
import dev.sojourn.value.PopId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final PopId IAD = new PopId("iad");
  private static final PopId LHR = new PopId("lhr");

  @Test
  void shouldHoldEveryPromiseWhereMovesCostOneRoundTripAndNothingIsLost() {
    Summary summary = Summary.of(goodRun(), 11, List.of(1, 1));

    assertThat(summary.promises()).allMatch(Summary.Promise::held);
    assertThat(summary.allHeld()).isTrue();
    assertThat(summary.moves()).isEqualTo(10);
    assertThat(summary.moveRttRatioP50()).isEqualTo(1.02);
    assertThat(summary.moveExtraMillisP50()).isEqualTo(1.6);
    assertThat(summary.acknowledgedWrites()).isEqualTo(11);
  }

  @Test
  void shouldBreakThePromiseOfOneRoundTripWhereAMoveTakesTwo() {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      requests.add(move(80, 160));
    }
    assertThat(broken(Summary.of(requests, 12, List.of(1))))
        .contains("a move costs one round trip");
  }

  @Test
  void shouldBreakItWhereTooFewMovesWereMadeOnLinksThatCount() {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      requests.add(move(80, 81));
    }
    requests.add(move(262, 263));
    Summary summary = Summary.of(requests, 10, List.of(1));

    assertThat(summary.moves()).isEqualTo(10);
    assertThat(summary.countedMoves()).isEqualTo(9);
    assertThat(broken(summary)).contains("a move costs one round trip");
  }

  @Test
  void shouldBreakTheOtherPromisesEachByItsOwnFigure() {
    List<Request> requests = goodRun();
    assertThat(broken(Summary.of(requests, 10, List.of(1))))
        .containsExactly("no acknowledged write is lost");
    assertThat(broken(Summary.of(requests, 11, List.of(1, 2))))
        .containsExactly("a session rests at one POP");
    assertThat(broken(Summary.of(requests, 11, List.of(1, 0))))
        .containsExactly("a session rests at one POP");
    requests.add(local(17));
    assertThat(broken(Summary.of(requests, 11, List.of(1))))
        .containsExactly("local work needs no other POP");
  }

  @Test
  void shouldShowEveryRequestInARowOfAtMostEightyColumns() {
    Journey journey = Journey.all(Site.all()).get(0);
    TextReport report = new TextReport(Paint.none());
    List<Request> requests = goodRun();
    List<String> lines = report.table(List.of(journey), requests);

    assertThat(lines).hasSize(requests.size() + 3).allMatch(line -> line.length() <= 80);
    assertThat(String.join("\n", lines))
        .contains("A president, 2021-2022")
        .contains("moved iad")
        .contains("1.02 x 80.0");
    assertThat(report.verdict(Summary.of(requests, 11, List.of(2)).promises()))
        .anyMatch(line -> line.contains("BROKEN  a session rests at one POP"));
  }

  @Test
  void shouldColourOnlyATerminalThatWantsColours() {
    assertThat(Paint.forOutput(true, Map.of()).green("x")).contains("\u001b[");
    assertThat(Paint.forOutput(false, Map.of()).green("x")).isEqualTo("x");
    assertThat(Paint.forOutput(true, Map.of("NO_COLOR", "1")).green("x")).isEqualTo("x");
    assertThat(Paint.forOutput(true, Map.of("TERM", "dumb")).green("x")).isEqualTo("x");
  }

  @Test
  void shouldWriteTheAgreedFiguresAndEveryRequestAsJson() throws Exception {
    RoundTrips roundTrips = RoundTrips.measured();
    try (WideAreaNetwork network = WideAreaNetwork.start(List.of(IAD, LHR), roundTrips::between)) {
      List<Request> requests = goodRun();
      String text =
          JsonReport.of(
              Summary.of(requests, 11, List.of(1)),
              requests,
              30,
              network,
              roundTrips::between,
              new StorySummary(List.of(local(0)), 1, 1));
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();

      assertThat(json.keySet())
          .contains(
              "requests",
              "moves",
              "move_rtt_ratio_p50",
              "move_extra_ms_p50",
              "local_cross_pop_round_trips",
              "acknowledged_writes",
              "verified_writes",
              "max_payload_copies_at_rest");
      assertThat(json.getAsJsonArray("request_list")).hasSize(requests.size());
      JsonObject story = json.getAsJsonObject("story");
      assertThat(story.getAsJsonArray("request_list")).hasSize(1);
      assertThat(story.getAsJsonArray("promises")).hasSize(5);
      assertThat(json.getAsJsonArray("links")).hasSize(2);
      assertThat(
              json.getAsJsonArray("links")
                  .get(0)
                  .getAsJsonObject()
                  .get("rtt_applied_ms")
                  .getAsDouble())
          .isGreaterThanOrEqualTo(75);
    }
  }

  private static List<String> broken(Summary summary) {
    return summary.promises().stream()
        .filter(promise -> !promise.held())
        .map(Summary.Promise::name)
        .toList();
  }

  private static List<Request> goodRun() {
    List<Request> requests = new ArrayList<>();
    requests.add(request(true, How.CREATED, Optional.empty(), 2, 0));
    for (int i = 0; i < 10; i++) {
      requests.add(move(80, 81.6));
      requests.add(local(0));
    }
    return requests;
  }

  private static Request move(double rttMillis, double millis) {
    LinkUsed link = new LinkUsed(IAD, nanos(rttMillis), nanos(rttMillis));
    return request(true, How.MOVED, Optional.of(link), millis, 900);
  }

  private static Request local(long messagesSent) {
    return request(false, How.LOCAL, Optional.empty(), 0.7, messagesSent);
  }

  private static Request request(
      boolean write, How how, Optional<LinkUsed> link, double millis, long messagesSent) {
    return new Request(
        1,
        LocalDate.of(2021, 6, 9),
        "Santiago de Compostela",
        LHR,
        write,
        how,
        how == How.MOVED ? 1 : 0,
        link,
        nanos(millis),
        1,
        1,
        messagesSent);
  }

  private static Duration nanos(double millis) {
    return Duration.ofNanos(Math.round(millis * 1e6));
  }
}
