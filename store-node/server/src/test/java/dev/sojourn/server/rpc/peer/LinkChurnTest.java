package dev.sojourn.server.rpc.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two POPs that talk at once while both keep breaking their link. */
class LinkChurnTest {
  private static final int ROUNDS = 40;

  /** Messages that each side says in a round while the link may break under it. */
  private static final int BURST = 5;

  private final TestTopology topology = new TestTopology();
  private final AtomicLong numbers = new AtomicLong();

  @Test
  void shouldComeTogetherAgainWhoeverBreaksAndWhoeverDials() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<TestPop.Told> atFra = new ArrayList<>();
    List<TestPop.Told> atBos = new ArrayList<>();
    try (TestPop bos = new TestPop("bos", topology);
        TestPop fra = new TestPop("fra", topology)) {
      for (int round = 0; round < ROUNDS; round++) {
        Thread one = talk(bos, fra, random.nextInt(2 * BURST));
        Thread two = talk(fra, bos, random.nextInt(2 * BURST));
        one.join();
        two.join();
        settle(bos, fra, atFra);
        settle(fra, bos, atBos);
      }
      assertLawful(atFra, seed);
      assertLawful(atBos, seed);
      for (TestPop each : List.of(bos, fra)) {
        assertThat(each.network.counters().links()).as("seed %d", seed).isEqualTo(1);
        assertThat(each.network.counters().refused()).as("seed %d", seed).isZero();
        assertThat(each.network.counters().malformed()).as("seed %d", seed).isZero();
      }
    }
  }

  /** Says a burst, and breaks the link before message {@code breakAt}, if there is one. */
  private Thread talk(TestPop from, TestPop to, int breakAt) {
    Thread thread =
        new Thread(
            () -> {
              for (int i = 0; i < BURST; i++) {
                if (i == breakAt) {
                  topology.respell(to.id);
                  from.network.topologyChanged();
                }
                from.send(to, message(numbers.incrementAndGet()));
              }
            });
    thread.start();
    return thread;
  }

  /** Repeats a last message, as the core does, until it has arrived; keeps all that came. */
  private void settle(TestPop from, TestPop to, List<TestPop.Told> all)
      throws InterruptedException {
    for (int attempt = 0; attempt < 100; attempt++) {
      PeerMessage last = message(numbers.incrementAndGet());
      from.send(to, last);
      Optional<TestPop.Told> next = to.nextIfAny();
      while (next.isPresent()) {
        all.add(next.get());
        if (next.get().what().equals(last)) {
          return;
        }
        next = to.nextIfAny();
      }
    }
    throw new AssertionError("nothing comes from " + from.id + " to " + to.id);
  }

  /** Connects and disconnects alternate as promised, and no message came twice or while apart. */
  private static void assertLawful(List<TestPop.Told> told, long seed) {
    boolean connected = false;
    long newest = 0;
    for (TestPop.Told each : told) {
      if (each.what().equals("connected")) {
        assertThat(connected).as("connected twice, seed %d", seed).isFalse();
        connected = true;
      } else if (each.what().equals("disconnected")) {
        connected = false;
      } else {
        assertThat(connected).as("a message of a closed link, seed %d", seed).isTrue();
        long number = ((PeerMessage.ConfirmAck) each.what()).epoch().number();
        assertThat(number).as("seed %d", seed).isGreaterThan(newest);
        newest = number;
      }
    }
  }

  private static PeerMessage message(long number) {
    return new PeerMessage.ConfirmAck(new Epoch(number, new PopId("bos")));
  }
}
