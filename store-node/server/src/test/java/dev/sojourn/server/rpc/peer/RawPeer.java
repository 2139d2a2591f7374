package dev.sojourn.server.rpc.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sojourn.core.link.LinkHello;
import dev.sojourn.core.link.LinkProof;
import dev.sojourn.core.link.LinkProof.Side;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.rpc.convert.EnvelopeEncoder;
import dev.sojourn.server.rpc.convert.HelloConverter;
import dev.sojourn.server.rpc.convert.WireException;
import dev.sojourn.v1.Goodbye;
import dev.sojourn.v1.Hello;
import dev.sojourn.v1.HelloProof;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.PeerFrame;
import dev.sojourn.v1.PeerServiceGrpc;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody who dials a POP and says whatever a test wants, frame by frame. */
final class RawPeer implements AutoCloseable, StreamObserver<PeerFrame> {
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<PeerFrame> heard = new LinkedBlockingQueue<>();
  private final ManagedChannel channel;
  private final StreamObserver<PeerFrame> out;

  RawPeer(TestPop to) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", to.port).usePlaintext().build();
    out = PeerServiceGrpc.newStub(channel).link(this);
  }

  static LinkHello hello(String pop, PopId to, long dial, long incarnation) {
    return new LinkHello(
        new PopId(pop),
        to,
        Bytes.wrap(new byte[LinkHello.NONCE_LENGTH]),
        Bytes.wrap(new byte[LinkHello.STORE_ID_LENGTH]),
        dial,
        incarnation,
        0,
        0,
        1,
        1,
        1);
  }

  /** Says Hello and returns the answer to it. */
  PeerFrame greet(LinkHello hello) throws InterruptedException {
    say(PeerFrame.newBuilder().setHello(HelloConverter.toProto(hello)));
    return next();
  }

  /** The whole handshake with the right secret; returns the proof that was given. */
  Bytes connect(LinkHello mine) throws InterruptedException, WireException {
    PeerFrame reply = greet(mine);
    Hello theirs = reply.getHelloReply().getHello();
    Bytes proof =
        LinkProof.compute(TestPop.SECRET, Side.DIALER, mine, HelloConverter.fromProto(theirs));
    prove(proof);
    return proof;
  }

  void prove(Bytes proof) {
    say(
        PeerFrame.newBuilder()
            .setHelloProof(
                HelloProof.newBuilder().setProof(ByteString.copyFrom(proof.unsafeArray()))));
  }

  static PeerEnvelope envelope(PopId to, long seq, PeerMessage message) {
    return EnvelopeEncoder.encode(to, TestPop.key(1), message).setSeq(seq).build();
  }

  void say(PeerFrame.Builder frame) {
    out.onNext(frame.build());
  }

  /** The next frame that is not a heartbeat. */
  PeerFrame next() throws InterruptedException {
    while (true) {
      PeerFrame next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("a frame").isNotNull();
      if (next.getControlCase() != PeerFrame.ControlCase.CONTROL_NOT_SET
          || next.getEnvelopesCount() > 0) {
        return next;
      }
    }
  }

  void expect(Goodbye.Reason reason) throws InterruptedException {
    assertThat(next().getGoodbye().getReason()).isEqualTo(reason);
  }

  @Override
  public void onNext(PeerFrame frame) {
    heard.add(frame);
  }

  @Override
  public void onError(Throwable broken) {
    // Tests look at the frames; a stream that ends without one fails by their patience.
  }

  @Override
  public void onCompleted() {
    // As above.
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
