package dev.sojourn.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.PeerEnvelope.MessageCase;
import dev.sojourn.v1.PeerFrame;
import dev.sojourn.v1.PeerServiceGrpc;
import dev.sojourn.value.PopId;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay itself, between two ends that only send and collect: a test tool must be right too. */
class MessageRelayTest {
  private static final PopId IAD = new PopId("iad");
  private static final PopId LHR = new PopId("lhr");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Holds holds = new Holds();
  private final Collector atAcceptor = new Collector();
  private final Collector atDialer = new Collector();
  private Server acceptor;
  private MessageRelay relay;
  private ManagedChannel channel;
  private StreamObserver<PeerFrame> dialer;

  @BeforeEach
  void start() throws IOException {
    acceptor = NettyServerBuilder.forAddress(loopback(0)).addService(atAcceptor).build().start();
    relay = new MessageRelay(IAD, LHR, acceptor.getPort(), holds);
    channel = NettyChannelBuilder.forAddress(loopback(relay.port())).usePlaintext().build();
    dialer = PeerServiceGrpc.newStub(channel).link(atDialer);
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    relay.close();
    acceptor.shutdownNow().awaitTermination();
  }

  @Test
  void shouldPassFramesOnAsTheyAreInBothDirections() throws InterruptedException {
    PeerFrame frame = frame(7, confirm(1), acquire(2));
    dialer.onNext(frame);
    assertThat(atAcceptor.next()).isEqualTo(frame);

    PeerFrame answer = PeerFrame.newBuilder().setPosition(3).build();
    atAcceptor.peer().onNext(answer);
    assertThat(atDialer.next()).isEqualTo(answer);
  }

  @Test
  void shouldKeepOneKindOfMessageAndPassTheOthersOfTheSameFrame() throws InterruptedException {
    holds.hold(MessageCase.CONFIRM);
    dialer.onNext(frame(7, confirm(1), acquire(2)));

    assertThat(atAcceptor.next()).isEqualTo(frame(7, acquire(2)));
    Holds.Held held = holds.await(MessageCase.CONFIRM, PATIENCE);
    assertThat(held.from()).isEqualTo(IAD);
    assertThat(held.to()).isEqualTo(LHR);
  }

  @Test
  void shouldDeliverWhatWasKeptOnReleaseAndThenKeepNothing() throws InterruptedException {
    holds.hold(MessageCase.CONFIRM);
    dialer.onNext(frame(7, confirm(1)));
    holds.await(MessageCase.CONFIRM, PATIENCE);
    holds.release();

    assertThat(atAcceptor.next()).isEqualTo(frame(7, confirm(1)));
    dialer.onNext(frame(8, confirm(2)));
    assertThat(atAcceptor.next()).isEqualTo(frame(8, confirm(2)));
  }

  @Test
  void shouldDeliverOneKindAndGoOnKeepingAnother() throws InterruptedException {
    holds.hold(MessageCase.CONFIRM);
    holds.hold(MessageCase.ACQUIRE);
    dialer.onNext(frame(7, confirm(1), acquire(2)));
    holds.await(MessageCase.ACQUIRE, PATIENCE);
    holds.release(MessageCase.CONFIRM);

    assertThat(atAcceptor.next()).isEqualTo(frame(7, confirm(1)));
    dialer.onNext(frame(8, acquire(3), confirm(4)));
    assertThat(atAcceptor.next()).isEqualTo(frame(8, confirm(4)));
  }

  @Test
  void shouldLoseWhatWasKeptOnDrop() throws InterruptedException {
    holds.hold(MessageCase.CONFIRM);
    dialer.onNext(frame(7, confirm(1)));
    holds.await(MessageCase.CONFIRM, PATIENCE);
    holds.drop();

    dialer.onNext(frame(8, confirm(2)));
    assertThat(atAcceptor.next()).isEqualTo(frame(8, confirm(2)));
  }

  @Test
  void shouldDeliverAMessageOfADeadSenderBeforeTheEndOfItsStream() throws InterruptedException {
    holds.hold(MessageCase.CONFIRM);
    dialer.onNext(frame(7, confirm(1)));
    holds.await(MessageCase.CONFIRM, PATIENCE);
    channel.shutdownNow();
    assertThat(channel.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    holds.release();

    assertThat(atAcceptor.next()).isEqualTo(frame(7, confirm(1)));
    assertThat(atAcceptor.next()).isEqualTo(Collector.END);
  }

  @Test
  void shouldTellEachEndWhenTheOtherIsGone() throws InterruptedException {
    dialer.onNext(frame(1));
    assertThat(atAcceptor.next()).isEqualTo(frame(1));
    acceptor.shutdownNow().awaitTermination();
    assertThat(atDialer.next()).isEqualTo(Collector.END);
  }

  private static PeerFrame frame(long position, PeerEnvelope... envelopes) {
    PeerFrame.Builder frame = PeerFrame.newBuilder().setPosition(position);
    for (PeerEnvelope envelope : envelopes) {
      frame.addEnvelopes(envelope);
    }
    return frame.build();
  }

  private static PeerEnvelope confirm(long seq) {
    return PeerEnvelope.newBuilder()
        .setSeq(seq)
        .setConfirm(PeerEnvelope.Confirm.newBuilder().setDigest(ByteString.copyFromUtf8("digest")))
        .build();
  }

  private static PeerEnvelope acquire(long seq) {
    return PeerEnvelope.newBuilder()
        .setSeq(seq)
        .setAcquire(PeerEnvelope.Acquire.newBuilder().setAsker("iad"))
        .build();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Collects what arrives; as a service, also the way back to who called it. */
  private static final class Collector extends PeerServiceGrpc.PeerServiceImplBase
      implements StreamObserver<PeerFrame> {
    static final PeerFrame END = PeerFrame.newBuilder().setPosition(-1).build();

    private final BlockingQueue<PeerFrame> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamObserver<PeerFrame>> peers = new LinkedBlockingQueue<>();

    @Override
    public StreamObserver<PeerFrame> link(StreamObserver<PeerFrame> peer) {
      peers.add(peer);
      return this;
    }

    PeerFrame next() throws InterruptedException {
      PeerFrame frame = frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(frame).as("a frame within %s", PATIENCE).isNotNull();
      return frame;
    }

    StreamObserver<PeerFrame> peer() throws InterruptedException {
      StreamObserver<PeerFrame> peer = peers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(peer).as("a caller within %s", PATIENCE).isNotNull();
      return peer;
    }

    @Override
    public void onNext(PeerFrame frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable error) {
      frames.add(END);
    }

    @Override
    public void onCompleted() {
      frames.add(END);
    }
  }
}
