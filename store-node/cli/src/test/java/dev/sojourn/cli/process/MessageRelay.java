package dev.sojourn.cli.process;

import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.PeerFrame;
import dev.sojourn.v1.PeerServiceGrpc;
import dev.sojourn.value.PopId;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The way from one POP to another, for tests that must stop particular messages: it speaks the
 * peers' protocol and passes every frame on, except the envelopes that a {@link Holds} keeps. POPs
 * prove themselves to each other end to end, so nothing of the handshake has to be known here.
 */
final class MessageRelay implements AutoCloseable {
  private final PopId dialer;
  private final PopId acceptor;
  private final Holds holds;
  private final Server server;
  private final ManagedChannel onward;

  /**
   * @param peerPort where the acceptor listens for its peers, on loopback
   */
  MessageRelay(PopId dialer, PopId acceptor, int peerPort, Holds holds) throws IOException {
    this.dialer = dialer;
    this.acceptor = acceptor;
    this.holds = holds;
    this.onward = NettyChannelBuilder.forAddress(loopback(peerPort)).usePlaintext().build();
    this.server =
        NettyServerBuilder.forAddress(loopback(0))
            .addService(new Passing())
            .permitKeepAliveTime(100, TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow();
    onward.shutdownNow();
    server.awaitTermination();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private final class Passing extends PeerServiceGrpc.PeerServiceImplBase {
    @Override
    public StreamObserver<PeerFrame> link(StreamObserver<PeerFrame> toDialer) {
      // A killed node must be found again as soon as it is back, not after the channel's back-off.
      onward.resetConnectBackoff();
      OneWay back = new OneWay(acceptor, dialer, toDialer);
      // Not in the context of the call that came in: gRPC would cancel the onward call with it, and
      // what is still to be released would be lost.
      Context before = Context.ROOT.attach();
      try {
        return new OneWay(dialer, acceptor, PeerServiceGrpc.newStub(onward).link(back));
      } finally {
        Context.ROOT.detach(before);
      }
    }
  }

  /**
   * One direction of one stream. Released envelopes and passing frames are kept apart by a lock.
   */
  final class OneWay implements StreamObserver<PeerFrame> {
    private final PopId from;
    private final PopId to;
    private final StreamObserver<PeerFrame> next;
    private long position;
    private boolean over;

    OneWay(PopId from, PopId to, StreamObserver<PeerFrame> next) {
      this.from = from;
      this.to = to;
      this.next = next;
    }

    @Override
    public synchronized void onNext(PeerFrame frame) {
      position = frame.getPosition();
      PeerFrame.Builder passed = frame.toBuilder().clearEnvelopes();
      for (PeerEnvelope envelope : frame.getEnvelopesList()) {
        if (!holds.keep(new Holds.Held(from, to, envelope, this))) {
          passed.addEnvelopes(envelope);
        }
      }
      if (passed.getEnvelopesCount() == frame.getEnvelopesCount()
          || passed.getEnvelopesCount() > 0) {
        pass(passed.build());
      }
    }

    /** Late, but otherwise as sent. Lost if the stream has ended meanwhile, as on any network. */
    synchronized void release(PeerEnvelope envelope) {
      pass(PeerFrame.newBuilder().setPosition(position).addEnvelopes(envelope).build());
    }

    @Override
    public void onError(Throwable error) {
      // As an end and not as an error, which would overtake what was released just before it.
      end(next::onCompleted);
    }

    @Override
    public void onCompleted() {
      end(next::onCompleted);
    }

    private void pass(PeerFrame frame) {
      if (over) {
        return;
      }
      try {
        next.onNext(frame);
      } catch (IllegalStateException | io.grpc.StatusRuntimeException e) {
        // The far side has ended the stream; gRPC tells the near side by itself.
        over = true;
      }
    }

    private void end(Runnable ending) {
      if (!holds.keepEnd(this, () -> endNow(ending))) {
        endNow(ending);
      }
    }

    private synchronized void endNow(Runnable ending) {
      if (over) {
        return;
      }
      over = true;
      try {
        ending.run();
      } catch (IllegalStateException | io.grpc.StatusRuntimeException e) {
        // Ended by the other direction already, which is all that is wanted.
        over = true;
      }
    }
  }
}
