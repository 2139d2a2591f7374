package dev.sojourn.cli.demo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sojourn.value.PopId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyTest {
  private final List<Site> sites = Site.all();
  private final List<Journey> journeys = Journey.all(sites);
  private final RoundTrips roundTrips = RoundTrips.measured();

  @Test
  void shouldHaveAtLeastFiveSitesAndARoundTripForEveryPair() {
    assertThat(sites).hasSizeGreaterThanOrEqualTo(5);
    for (Site a : sites) {
      for (Site b : sites) {
        if (!a.equals(b)) {
          assertThat(roundTrips.between(a.pop(), b.pop()))
              .isEqualTo(roundTrips.between(b.pop(), a.pop()))
              .isBetween(Duration.ofMillis(5), Duration.ofMillis(300));
        }
      }
    }
  }

  @Test
  void shouldMoveAtLeastTwentyTimesOnLinksFromFiveToTwoHundredMillis() {
    int moves = 0;
    for (Journey journey : journeys) {
      for (int i = 1; i < journey.stops().size(); i++) {
        Site from = journey.stops().get(i - 1).site();
        Site to = journey.stops().get(i).site();
        if (!from.equals(to)
            && roundTrips.between(from.pop(), to.pop()).compareTo(Duration.ofMillis(200)) <= 0) {
          moves++;
        }
      }
    }
    assertThat(moves).isGreaterThanOrEqualTo(20);
  }

  @Test
  void shouldStartEveryJourneyAtHomeAndKeepItsDaysInOrder() {
    assertThat(journeys).hasSize(3);
    for (Journey journey : journeys) {
      assertThat(journey.stops().get(0).place()).isEqualTo("Washington");
      assertThat(journey.stops()).extracting(Stop::day).isSorted();
      assertThat(journey.popChanges()).isPositive();
    }
  }

  @Test
  void shouldSendATravellerToTheNearestSite() {
    assertThat(Site.nearest(sites, 55.87, -4.26).pop()).isEqualTo(new PopId("lhr"));
    assertThat(Site.nearest(sites, 37.57, 126.98).pop()).isEqualTo(new PopId("nrt"));
    assertThat(Site.nearest(sites, 46.20, 6.15).pop()).isEqualTo(new PopId("cdg"));
  }

  @Test
  void shouldNameTheJourneyByRoleAndYears() {
    assertThat(journeys.get(1).title()).isEqualTo("president, 1918-1919");
    assertThat(journeys.get(2).title()).isEqualTo("secretary, 2018");
  }

  @Test
  void shouldRefuseAPairThatWasNotMeasured() {
    assertThatThrownBy(() -> roundTrips.between(new PopId("iad"), new PopId("bos")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iad to bos");
  }
}
