package dev.sojourn.server.rpc.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.link.PolicyMark;
import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.rpc.convert.RandomMessages;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerNetworkTest {
  private final TestTopology topology = new TestTopology();
  private final List<TestPop> pops = new ArrayList<>();

  @AfterEach
  void closeAll() {
    pops.forEach(TestPop::close);
  }

  @Test
  void shouldDeliverBothWaysOnOneLink() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");

    assertThat(bos.send(fra, message(1))).isTrue();
    fra.expect(bos.id, "connected");
    fra.expect(bos.id, message(1));
    fra.send(bos, message(2));
    bos.expect(fra.id, "connected");
    bos.expect(fra.id, message(2));

    assertThat(bos.network.counters().links()).isEqualTo(1);
    assertThat(fra.network.counters().links()).isEqualTo(1);
    assertThat(fra.network.counters().received()).isEqualTo(1);
  }

  @Test
  void shouldDeliverManyMessagesWholeAndInOrder() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");
    RandomMessages messages = new RandomMessages(11);
    List<PeerMessage> sent = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      sent.add(messages.message(i));
      assertThat(bos.send(fra, sent.get(i))).isTrue();
    }
    fra.expect(bos.id, "connected");
    for (PeerMessage each : sent) {
      fra.expect(bos.id, each);
    }
  }

  @Test
  void shouldCarryAnnouncesDone() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");
    bos.network.sendAnnouncesDone(fra.id, Bytes.wrap(new byte[16]));
    fra.expect(bos.id, "connected");
    fra.expect(bos.id, "done");
  }

  @Test
  void shouldCarryNewsOfPoliciesUnchanged() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");
    PolicyMark five = new PolicyMark(5, Bytes.wrap(new byte[PolicyMark.DIGEST_LENGTH]));
    PolicyMark six = new PolicyMark(6, five.digest());
    List<PolicyNews> all =
        List.of(
            new PolicyNews.Held(PolicyNews.Holding.NOTHING, true, Optional.empty()),
            new PolicyNews.Held(
                new PolicyNews.Holding(five, six),
                false,
                Optional.of(new PolicyNews.Refused(six, "no signers"))),
            new PolicyNews.Offered(Bytes.wrap(new byte[1 << 20])));
    all.forEach(news -> assertThat(bos.network.sendPolicyNews(fra.id, news)).isTrue());
    fra.expect(bos.id, "connected");
    for (PolicyNews each : all) {
      fra.expect(bos.id, each);
    }
  }

  @Test
  void shouldConnectWithNothingToSay() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");
    bos.network.connect(fra.id);
    bos.expect(fra.id, "connected");
    // Once more does nothing: the next that is told is the answer of the other.
    bos.network.connect(fra.id);
    fra.expect(bos.id, "connected");
    fra.send(bos, message(1));
    bos.expect(fra.id, message(1));
    assertThat(bos.network.counters().links()).isEqualTo(1);
    assertThat(fra.network.counters().received()).isZero();
  }

  @Test
  void shouldTellThatAPopThatItShouldConnectToIsOutOfReach() throws Exception {
    TestPop bos = pop("bos");
    bos.network.connect(new PopId("sin"));
    bos.expect(new PopId("sin"), "disconnected");
    TestPop fra = pop("fra");
    fra.close();
    pops.remove(fra);
    bos.network.connect(fra.id);
    bos.expect(fra.id, "disconnected");
  }

  @Test
  void shouldKeepExactlyOneLinkWhenBothDialAtOnce() throws Exception {
    for (int round = 0; round < 8; round++) {
      TestTopology fresh = new TestTopology();
      try (TestPop bos = new TestPop("bos", fresh);
          TestPop fra = new TestPop("fra", fresh)) {
        CountDownLatch go = new CountDownLatch(1);
        Thread other =
            new Thread(
                () -> {
                  awaitQuietly(go);
                  fra.send(bos, message(2));
                });
        other.start();
        go.countDown();
        bos.send(fra, message(1));
        other.join();

        bos.expect(fra.id, "connected");
        bos.expect(fra.id, message(2));
        fra.expect(bos.id, "connected");
        fra.expect(bos.id, message(1));
        // A second one would have shown itself by the time that a message went to and fro.
        bos.send(fra, message(3));
        fra.expect(bos.id, message(3));
        fra.send(bos, message(4));
        bos.expect(fra.id, message(4));
        assertThat(bos.network.counters().links()).isEqualTo(1);
        assertThat(fra.network.counters().links()).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldTellOfABreakAndConnectAgainOnDemand() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");
    bos.send(fra, message(1));
    bos.expect(fra.id, "connected");

    fra.close();
    pops.remove(fra);
    bos.expect(fra.id, "disconnected");
    bos.send(fra, message(2));
    bos.expect(fra.id, "disconnected");

    TestPop again = pop("fra");
    bos.network.topologyChanged();
    again.send(bos, message(3));
    bos.expect(fra.id, "connected");
    bos.expect(fra.id, message(3));
    bos.send(again, message(4));
    again.expect(bos.id, "connected");
    again.expect(bos.id, message(4));
  }

  @Test
  void shouldTellAtOnceThatAPopOutsideTheTopologyIsOutOfReach() throws Exception {
    TestPop bos = pop("bos");
    bos.network.send(new PopId("sin"), TestPop.key(1), message(1));
    bos.expect(new PopId("sin"), "disconnected");
  }

  @Test
  void shouldRefuseToTalkUnderAnotherSecret() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = new TestPop("fra", topology, TestPop.SETTINGS, Bytes.wrap(new byte[16]));
    pops.add(fra);
    bos.send(fra, message(1));
    bos.expect(fra.id, "disconnected");
    assertThat(bos.network.counters().refused()).isEqualTo(1);
    assertThat(fra.rest()).isEmpty();
  }

  @Test
  void shouldCloseTheLinkOfAPopThatIsRetired() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");
    bos.send(fra, message(1));
    fra.expect(bos.id, "connected");
    fra.expect(bos.id, message(1));

    topology.retire(bos.id);
    fra.network.topologyChanged();
    fra.expect(bos.id, "disconnected");
    bos.upTo("disconnected");
    bos.send(fra, message(2));
    bos.upTo("disconnected");
    assertThat(fra.rest()).isEmpty();
    assertThat(fra.network.counters().refused()).isEqualTo(1);
  }

  @Test
  void shouldFollowAPopToItsNewAddress() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");
    bos.send(fra, message(1));
    bos.expect(fra.id, "connected");

    TestPop moved = pop("fra");
    bos.network.topologyChanged();
    bos.expect(fra.id, "disconnected");
    bos.send(moved, message(2));
    moved.expect(bos.id, "connected");
    moved.expect(bos.id, message(2));
  }

  @Test
  void shouldTakeNoMoreThanItsQueueHolds() throws Exception {
    // It accepts connections into its backlog, and never says a word.
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      TestPop bos =
          new TestPop("bos", topology, TestSettings.withQueueBytes(1_000), TestPop.SECRET);
      pops.add(bos);
      topology.put(new PopId("fra"), mute.getLocalPort());
      int taken = 0;
      while (bos.network.send(new PopId("fra"), TestPop.key(1), message(1))) {
        taken++;
      }
      assertThat(taken).isBetween(5, 1_000);
      assertThat(bos.network.counters().droppedUnsent()).isPositive();
    }
  }

  @Test
  void shouldNotLoseAMessageOnAStreamThatStaysUp() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");
    fra.full = true;
    bos.send(fra, message(1));
    fra.expect(bos.id, "connected");
    fra.expect(bos.id, "disconnected");
    bos.expect(fra.id, "connected");
    bos.expect(fra.id, "disconnected");

    fra.full = false;
    bos.send(fra, message(2));
    fra.expect(bos.id, "connected");
    fra.expect(bos.id, message(2));
  }

  @Test
  void shouldEndEverythingThatItBegan() throws Exception {
    TestPop bos = pop("bos");
    TestPop fra = pop("fra");
    bos.send(fra, message(1));
    fra.expect(bos.id, "connected");
    fra.expect(bos.id, message(1));

    bos.close();
    fra.expect(bos.id, "disconnected");
    fra.close();

    assertThat(bos.upTo("disconnected")).hasSize(2);
    assertThat(bos.rest()).isEmpty();
    assertThat(bos.network.counters().links()).isZero();
    assertThat(fra.network.counters().links()).isZero();
    assertThat(bos.loops.isTerminated()).isTrue();
    assertThat(fra.loops.isTerminated()).isTrue();
    assertThat(bos.send(fra, message(2))).isFalse();
  }

  private TestPop pop(String name) throws IOException {
    TestPop pop = new TestPop(name, topology);
    pops.add(pop);
    return pop;
  }

  private static PeerMessage message(long number) {
    return new PeerMessage.ConfirmAck(new Epoch(number, new PopId("bos")));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
