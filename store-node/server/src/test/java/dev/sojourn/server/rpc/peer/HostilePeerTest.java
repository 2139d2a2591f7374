package dev.sojourn.server.rpc.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.sojourn.core.link.LinkHello;
import dev.sojourn.core.link.LinkProof;
import dev.sojourn.core.link.LinkProof.Side;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.rpc.convert.HelloConverter;
import dev.sojourn.v1.Goodbye;
import dev.sojourn.v1.Goodbye.Reason;
import dev.sojourn.v1.HelloReply;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.PeerFrame;
import dev.sojourn.v1.PeerServiceGrpc;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostilePeerTest {
  private static final PopId FRA = new PopId("fra");

  private final TestTopology topology = new TestTopology();
  private TestPop bos;
  private RawPeer stranger;

  @BeforeEach
  void open() throws Exception {
    topology.put(FRA, 1);
    bos = new TestPop("bos", topology);
    stranger = new RawPeer(bos);
  }

  @AfterEach
  void close() {
    stranger.close();
    bos.close();
  }

  @Test
  void shouldTalkToWhoeverProvesItself() throws Exception {
    stranger.connect(RawPeer.hello("fra", bos.id, 1, 1));
    bos.expect(FRA, "connected");
  }

  @Test
  void shouldRefuseAHelloInAnotherNameWithoutTheSecret() throws Exception {
    stranger.greet(RawPeer.hello("fra", bos.id, 1, 1));
    stranger.prove(Bytes.wrap(new byte[32]));
    stranger.expect(Reason.NOT_AUTHENTIC);
    assertThat(bos.network.counters().refused()).isEqualTo(1);
    assertThat(bos.rest()).isEmpty();
  }

  @Test
  void shouldRefuseItsOwnProofSentBack() throws Exception {
    PeerFrame reply = stranger.greet(RawPeer.hello("fra", bos.id, 1, 1));
    stranger.prove(Bytes.wrap(reply.getHelloReply().getProof().toByteArray()));
    stranger.expect(Reason.NOT_AUTHENTIC);
  }

  @Test
  void shouldRefuseAProofThatItGaveInAnotherStream() throws Exception {
    // It asks for a proof over the nonces of the first stream by repeating the Hello that it got.
    PeerFrame first = stranger.greet(RawPeer.hello("fra", bos.id, 1, 1));
    LinkHello nonceOfBos = HelloConverter.fromProto(first.getHelloReply().getHello());
    try (RawPeer second = new RawPeer(bos)) {
      LinkHello asked = RawPeer.hello("fra", bos.id, 2, 1);
      LinkHello withNonceOfBos =
          new LinkHello(
              asked.pop(), asked.to(), nonceOfBos.nonce(), asked.storeId(), 2, 1, 0, 0, 1, 1, 1);
      PeerFrame reply = second.greet(withNonceOfBos);
      stranger.prove(Bytes.wrap(reply.getHelloReply().getProof().toByteArray()));
      stranger.expect(Reason.NOT_AUTHENTIC);
    }
  }

  @Test
  void shouldRefuseAHelloAndProofThatAreReplayed() throws Exception {
    LinkHello hello = RawPeer.hello("fra", bos.id, 1, 1);
    Bytes proof = stranger.connect(hello);
    bos.expect(FRA, "connected");
    stranger.say(goodbye());
    bos.expect(FRA, "disconnected");

    try (RawPeer replayer = new RawPeer(bos)) {
      replayer.greet(hello);
      replayer.prove(proof);
      replayer.expect(Reason.NOT_AUTHENTIC);
    }
    assertThat(bos.rest()).isEmpty();
  }

  @Test
  void shouldRefuseAPopThatItDoesNotKnow() throws Exception {
    assertRefused(RawPeer.hello("sin", bos.id, 1, 1), Reason.UNKNOWN_POP);
  }

  @Test
  void shouldRefuseItsOwnName() throws Exception {
    topology.put(bos.id, bos.port);
    assertRefused(RawPeer.hello("bos", bos.id, 1, 1), Reason.UNKNOWN_POP);
  }

  @Test
  void shouldTellARetiredPopThatItIsRetired() throws Exception {
    topology.retire(FRA);
    assertRefused(RawPeer.hello("fra", bos.id, 1, 1), Reason.RETIRED);
  }

  @Test
  void shouldRefuseAHelloThatIsMeantForAnother() throws Exception {
    assertRefused(RawPeer.hello("fra", new PopId("sin"), 1, 1), Reason.WRONG_POP);
  }

  @Test
  void shouldRefuseAPopWithoutAVersionOfTheWireInCommon() throws Exception {
    LinkHello h = RawPeer.hello("fra", bos.id, 1, 1);
    assertRefused(
        new LinkHello(h.pop(), h.to(), h.nonce(), h.storeId(), 1, 1, 0, 0, 2, 9, 1),
        Reason.NO_COMMON_VERSION);
  }

  @Test
  void shouldNotProveItselfToWhomItDialledWithoutAProof() throws Exception {
    assertDialEndsWith(
        reply -> reply.setProof(ByteString.copyFrom(new byte[32])), Reason.NOT_AUTHENTIC);
  }

  @Test
  void shouldNotTakeAnotherPopForTheOneItDialled() throws Exception {
    assertDialEndsWith(
        reply -> reply.setHello(reply.getHello().toBuilder().setPop("sin")), Reason.WRONG_POP);
  }

  @Test
  void shouldNotTakeItsOwnHelloForAnAnswer() throws Exception {
    assertDialEndsWith(
        reply -> reply.setHello(HelloConverter.toProto(RawPeer.hello("bos", FRA, 1, 1))),
        Reason.WRONG_POP);
  }

  @Test
  void shouldDropARepeatedNumberAndAnUnknownKindAndGoOn() throws Exception {
    stranger.connect(RawPeer.hello("fra", bos.id, 1, 1));
    PeerEnvelope newer =
        PeerEnvelope.newBuilder()
            .setSeq(2)
            .setKeyHash(ByteString.copyFrom(new byte[16]))
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(20, UnknownFieldSet.Field.newBuilder().addFixed32(1).build())
                    .build())
            .build();
    stranger.say(
        PeerFrame.newBuilder()
            .addEnvelopes(RawPeer.envelope(bos.id, 1, message(1)))
            .addEnvelopes(RawPeer.envelope(bos.id, 1, message(1)))
            .addEnvelopes(newer)
            .addEnvelopes(RawPeer.envelope(bos.id, 3, message(3))));
    bos.expect(FRA, "connected");
    bos.expect(FRA, message(1));
    bos.expect(FRA, message(3));
    assertThat(bos.network.counters().droppedRepeated()).isEqualTo(1);
    assertThat(bos.network.counters().unknownKinds()).isEqualTo(1);
  }

  @Test
  void shouldGoOnAfterAnUnknownKindThatIsAboutNoSession() throws Exception {
    stranger.connect(RawPeer.hello("fra", bos.id, 1, 1));
    PeerEnvelope newer =
        PeerEnvelope.newBuilder()
            .setSeq(1)
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(99, UnknownFieldSet.Field.newBuilder().addFixed32(1).build())
                    .build())
            .build();
    stranger.say(
        PeerFrame.newBuilder()
            .addEnvelopes(newer)
            .addEnvelopes(RawPeer.envelope(bos.id, 2, message(2))));
    bos.expect(FRA, "connected");
    bos.expect(FRA, message(2));
    assertThat(bos.network.counters().unknownKinds()).isEqualTo(1);
  }

  @Test
  void shouldCloseTheStreamOfNewsThatBreakARule() throws Exception {
    stranger.connect(RawPeer.hello("fra", bos.id, 1, 1));
    PeerEnvelope.Builder news = PeerEnvelope.newBuilder().setSeq(1);
    news.getPolicyHeldBuilder()
        .setMain(
            PeerEnvelope.PolicyMark.newBuilder()
                .setVersion(1)
                .setDigest(ByteString.copyFrom(new byte[31])));
    stranger.say(PeerFrame.newBuilder().addEnvelopes(news));
    stranger.expect(Reason.MALFORMED);
    bos.expect(FRA, "connected");
    bos.expect(FRA, "disconnected");
  }

  @Test
  void shouldCloseTheStreamOfAMalformedMessageAndTakeNothingAfterIt() throws Exception {
    stranger.connect(RawPeer.hello("fra", bos.id, 1, 1));
    PeerEnvelope.Builder malformed =
        RawPeer.envelope(bos.id, 1, message(1)).toBuilder()
            .setConfirmAck(PeerEnvelope.ConfirmAck.getDefaultInstance());
    stranger.say(
        PeerFrame.newBuilder()
            .addEnvelopes(malformed)
            .addEnvelopes(RawPeer.envelope(bos.id, 2, message(2))));
    stranger.expect(Reason.MALFORMED);
    bos.expect(FRA, "connected");
    bos.expect(FRA, "disconnected");
    assertThat(bos.rest()).isEmpty();
    assertThat(bos.network.counters().malformed()).isEqualTo(1);
  }

  @Test
  void shouldRefuseEnvelopesBeforeTheProof() throws Exception {
    stranger.greet(RawPeer.hello("fra", bos.id, 1, 1));
    stranger.say(PeerFrame.newBuilder().addEnvelopes(RawPeer.envelope(bos.id, 1, message(1))));
    stranger.expect(Reason.MALFORMED);
    assertThat(bos.rest()).isEmpty();
  }

  @Test
  void shouldReplaceTheLinkOfAPopThatLostIt() throws Exception {
    stranger.connect(RawPeer.hello("fra", bos.id, 1, 1));
    bos.expect(FRA, "connected");
    try (RawPeer again = new RawPeer(bos)) {
      again.connect(RawPeer.hello("fra", bos.id, 2, 1));
      bos.expect(FRA, "disconnected");
      bos.expect(FRA, "connected");
      stranger.expect(Reason.REPLACED);
    }
  }

  @Test
  void shouldReplaceTheLinkOfAPopThatStartedAnew() throws Exception {
    stranger.connect(RawPeer.hello("fra", bos.id, 5, 1));
    bos.expect(FRA, "connected");
    try (RawPeer again = new RawPeer(bos)) {
      again.connect(RawPeer.hello("fra", bos.id, 1, 2));
      bos.expect(FRA, "disconnected");
      bos.expect(FRA, "connected");
    }
  }

  @Test
  void shouldKeepItsLinkWhenAHelloFromBeforeItArrives() throws Exception {
    stranger.connect(RawPeer.hello("fra", bos.id, 2, 1));
    bos.expect(FRA, "connected");
    try (RawPeer late = new RawPeer(bos)) {
      late.say(
          PeerFrame.newBuilder()
              .setHello(HelloConverter.toProto(RawPeer.hello("fra", bos.id, 1, 1))));
      late.expect(Reason.CROSSED);
    }
    assertThat(bos.rest()).isEmpty();
    assertThat(bos.network.counters().links()).isEqualTo(1);
  }

  @Test
  void shouldNoticeThatAPeerIsDead() throws Exception {
    try (TestPop sin = new TestPop("sin", topology, TestSettings.withSilence(400), TestPop.SECRET);
        RawPeer silent = new RawPeer(sin)) {
      silent.connect(RawPeer.hello("fra", sin.id, 1, 1));
      sin.expect(FRA, "connected");
      sin.expect(FRA, "disconnected");
      silent.expect(Reason.TIMED_OUT);
    }
  }

  @Test
  void shouldNotBeKeptFromAPeerByAStrangerWhoSaysHelloAndNoMore() throws Exception {
    try (TestPop cdg =
            new TestPop("cdg", topology, TestSettings.withHandshake(2_000), TestPop.SECRET);
        TestPop fra = new TestPop("fra", topology);
        RawPeer mute = new RawPeer(cdg)) {
      mute.greet(RawPeer.hello("fra", cdg.id, 1, 1));
      cdg.send(fra, message(1));
      fra.expect(cdg.id, "connected");
      fra.expect(cdg.id, message(1));
    }
  }

  @Test
  void shouldCloseALinkWithoutMessages() throws Exception {
    try (TestPop cdg = new TestPop("cdg", topology, TestSettings.withIdle(300), TestPop.SECRET);
        TestPop fra = new TestPop("fra", topology)) {
      cdg.send(fra, message(1));
      cdg.expect(fra.id, "connected");
      cdg.expect(fra.id, "disconnected");
      fra.upTo("disconnected");
    }
  }

  private void assertRefused(LinkHello hello, Reason reason) throws InterruptedException {
    assertThat(stranger.greet(hello).getGoodbye().getReason()).isEqualTo(reason);
    assertThat(bos.network.counters().refused()).isEqualTo(1);
    assertThat(bos.rest()).isEmpty();
  }

  /** Lets {@code bos} dial somebody who answers as {@code lie} says, and looks at its last word. */
  private void assertDialEndsWith(UnaryOperator<HelloReply.Builder> lie, Reason reason)
      throws Exception {
    LyingAcceptor liar = new LyingAcceptor(lie);
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(liar)
            .build()
            .start();
    try {
      topology.put(FRA, server.getPort());
      bos.network.send(FRA, TestPop.key(1), message(1));
      bos.expect(FRA, "disconnected");
      assertThat(liar.afterReply.take().getGoodbye().getReason()).isEqualTo(reason);
      assertThat(bos.network.counters().refused()).isEqualTo(1);
    } finally {
      server.shutdownNow();
    }
  }

  /** Knows the secret, and lies about the rest. */
  private static final class LyingAcceptor extends PeerServiceGrpc.PeerServiceImplBase {
    final BlockingQueue<PeerFrame> afterReply = new LinkedBlockingQueue<>();
    private final UnaryOperator<HelloReply.Builder> lie;

    LyingAcceptor(UnaryOperator<HelloReply.Builder> lie) {
      this.lie = lie;
    }

    @Override
    public StreamObserver<PeerFrame> link(StreamObserver<PeerFrame> out) {
      return new StreamObserver<>() {
        @Override
        public void onNext(PeerFrame frame) {
          if (frame.hasHello()) {
            out.onNext(PeerFrame.newBuilder().setHelloReply(lie.apply(reply(frame))).build());
          } else {
            afterReply.add(frame);
          }
        }

        @Override
        public void onError(Throwable broken) {
          // The dialer went away, as it should.
        }

        @Override
        public void onCompleted() {
          out.onCompleted();
        }
      };
    }

    private static HelloReply.Builder reply(PeerFrame frame) {
      try {
        LinkHello theirs = HelloConverter.fromProto(frame.getHello());
        LinkHello mine = RawPeer.hello("fra", theirs.pop(), 0, 1);
        Bytes proof = LinkProof.compute(TestPop.SECRET, Side.ACCEPTOR, theirs, mine);
        return HelloReply.newBuilder()
            .setHello(HelloConverter.toProto(mine))
            .setProof(ByteString.copyFrom(proof.unsafeArray()));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static PeerFrame.Builder goodbye() {
    return PeerFrame.newBuilder().setGoodbye(Goodbye.newBuilder().setReason(Reason.IDLE));
  }

  private static PeerMessage message(long number) {
    return new PeerMessage.ConfirmAck(new Epoch(number, new PopId("bos")));
  }
}
