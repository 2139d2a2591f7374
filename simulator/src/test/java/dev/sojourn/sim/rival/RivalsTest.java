package dev.sojourn.sim.rival;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.sim.place.Outage;
import dev.sojourn.sim.place.Outages;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.terms.Jitter;
import dev.sojourn.sim.terms.Request;
import dev.sojourn.sim.terms.Session;
import dev.sojourn.sim.terms.SessionShape;
import dev.sojourn.sim.terms.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Five POPs on a line, 100 ms between neighbours; a sync takes 1 ms, and a node's work nothing. */
class RivalsTest {
  private static final RoundTrips LINE = new RoundTrips(5, (a, b) -> 100_000 * (b - a));

  private static Network network(int sessionBytes, Outage... outages) {
    return new Network(
        LINE,
        new Outages(ImmutableList.copyOf(outages), LINE),
        new Timing(1_000, 0, 0, Jitter.NONE, 5_000),
        new SessionShape(sessionBytes, 100, 60_000, 0, ImmutableMap.of()),
        2);
  }

  private static Request read(long at, int pop) {
    return new Request(at, pop, 0, false, false);
  }

  private static Request write(long at, int pop) {
    return new Request(at, pop, 0, true, false);
  }

  private static Request byOther(Request request) {
    return new Request(request.atMillis(), request.pop(), 1, request.isWrite(), false);
  }

  private static Session sessionOf(Request... requests) {
    return new Session() {
      @Override
      public int size() {
        return requests.length;
      }

      @Override
      public Request get(int index) {
        return requests[index];
      }
    };
  }

  private static List<Served> serve(String name, Network network, Request... requests) {
    Strategy.Keeping keeping =
        Objects.requireNonNull(Rivals.byName().get(name)).open(network, sessionOf(requests));
    List<Served> served = new ArrayList<>();
    for (Request request : requests) {
      served.add(keeping.serve(request));
    }
    return served;
  }

  @Test
  void shouldSendEveryRequestToTheCentralStore() {
    List<Served> served = serve("central", network(1_000), write(0, 0), read(10, 2));

    assertThat(served.get(0).micros()).isEqualTo(201_000);
    assertThat(served.get(0).isLocal()).isFalse();
    assertThat(served.get(1).micros()).isZero();
    assertThat(served.get(1).isLocal()).isTrue();
  }

  @Test
  void shouldKeepAStickySessionWhereItBegan() {
    assertThat(serve("sticky-home", network(1_000), write(0, 1), read(10, 4), read(20, 1)))
        .extracting(Served::micros)
        .containsExactly(1_000L, 300_000L, 0L);
  }

  @Test
  void shouldMoveWithTheFirstTouchAndBeLocalThen() {
    assertThat(serve("first-touch", network(1_000), write(0, 1), read(10, 4), read(20, 4)))
        .extracting(Served::micros)
        .containsExactly(1_000L, 302_000L, 0L);
  }

  @Test
  void shouldWaitForTheNearestMajority() {
    // Of five POPs two others: from the end of the line those at 100 and 200 ms.
    assertThat(serve("everywhere-quorum", network(1_000), write(0, 0), read(10, 2)))
        .extracting(Served::micros)
        .containsExactly(201_000L, 100_000L);
  }

  @Test
  void shouldMissAndLoseWhatIsStillOnItsWay() {
    // The write of POP 0 is at POP 4 after 200 ms.
    List<Served> served =
        serve(
            "everywhere-async",
            network(1_000),
            write(0, 0),
            read(100, 4),
            read(300, 4),
            write(1_000, 0),
            write(1_100, 4));

    assertThat(served)
        .extracting(Served::isStale)
        .containsExactly(false, true, false, false, false);
    assertThat(served).extracting(Served::updatesLost).containsExactly(0, 0, 0, 0, 1);
  }

  @Test
  void shouldGiveEachDeviceACookieOfItsOwn() {
    List<Served> served =
        serve(
            "sealed-cookie",
            network(1_000),
            write(0, 0),
            byOther(read(1_000, 4)),
            write(2_000, 0),
            byOther(read(3_000, 4)),
            byOther(write(4_000, 4)));

    assertThat(served)
        .extracting(Served::isStale)
        .containsExactly(false, false, false, true, false);
    assertThat(served).extracting(Served::updatesLost).containsExactly(0, 0, 0, 0, 1);
  }

  @Test
  void shouldTakeNoSessionThatFitsInNoCookie() {
    assertThat(serve("sealed-cookie", network(3_000), write(0, 0)).get(0).isAnswered()).isTrue();
    assertThat(serve("sealed-cookie", network(3_100), write(0, 0)).get(0).isAnswered()).isFalse();
  }

  @Test
  void shouldAnswerNothingWhoseOnlyPlaceIsDown() {
    Outage down = new Outage(2, Outage.Kind.DOWN, 0, 1_000);

    assertThat(serve("central", network(1_000, down), read(500, 0), read(1_000, 0)))
        .extracting(Served::isAnswered)
        .containsExactly(false, true);
    assertThat(serve("everywhere-quorum", network(1_000, down), read(500, 0)).get(0).isAnswered())
        .isTrue();
    assertThat(serve("everywhere-async", network(1_000, down), read(500, 0)).get(0).isAnswered())
        .isTrue();
  }

  @Test
  void shouldLeaveNobodyInAMinorityAWord() {
    Outage cut = new Outage(0, Outage.Kind.CUT, 0, 1_000);

    assertThat(serve("everywhere-quorum", network(1_000, cut), read(500, 0)).get(0).isAnswered())
        .isFalse();
  }

  @Test
  void shouldMoveTheOptimumOnlyToWhoeverAsksAlsoAfterAFailedMove() {
    // It would move to POP 4 with the second request, which fails, and stay there for the third.
    Outage cut = new Outage(4, Outage.Kind.CUT, 5_000, 15_000);
    Request[] requests = {
      write(0, 0), read(10_000, 4), read(20_000, 3), read(30_000, 4), read(40_000, 4)
    };
    Strategy.Keeping keeping =
        new OfflineOptimum(LINE, 0.1).open(network(1_000, cut), sessionOf(requests));
    List<Integer> places = new ArrayList<>();
    for (Request request : requests) {
      keeping.serve(request);
      places.add(keeping.place());
    }

    assertThat(places.get(1)).isZero();
    assertThat(places.get(2)).isIn(0, 3);
    assertThat(places.get(4)).isEqualTo(4);
  }
}
