package dev.sojourn.server.rpc.peer;

import com.google.protobuf.UnsafeByteOperations;
import dev.sojourn.core.link.LinkHello;
import dev.sojourn.core.link.LinkProof.Side;
import dev.sojourn.server.rpc.convert.HelloConverter;
import dev.sojourn.server.rpc.convert.WireException;
import dev.sojourn.v1.Goodbye;
import dev.sojourn.v1.HelloProof;
import dev.sojourn.v1.PeerFrame;
import dev.sojourn.v1.PeerServiceGrpc;
import dev.sojourn.value.Bytes;
import io.grpc.ManagedChannel;
import io.grpc.stub.CallStreamObserver;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;

/** A link that this POP opened. */
final class DialledLink extends Link {
  private final Peer peer;
  private final ManagedChannel channel;
  private final ChannelKeeper keeper;
  private final LinkHello mine;
  private @Nullable CallStreamObserver<PeerFrame> out;

  DialledLink(LinkContext context, Peer peer, ManagedChannel channel, ChannelKeeper keeper) {
    super(context);
    this.peer = peer;
    this.channel = channel;
    this.keeper = keeper;
    this.mine = context.hello(peer.pop(), peer.countDial());
  }

  void open() {
    PeerServiceGrpc.newStub(channel).link(new Events(this));
    say(PeerFrame.newBuilder().setHello(HelloConverter.toProto(mine)).build());
  }

  @Override
  void shakeHands(PeerFrame frame) throws WireException.Malformed {
    if (!frame.hasHelloReply() || !frame.getHelloReply().hasHello()) {
      throw new WireException.Malformed("a handshake must go on with a HelloReply");
    }
    LinkHello theirs = HelloConverter.fromProto(frame.getHelloReply().getHello());
    Bytes proof = Bytes.wrap(frame.getHelloReply().getProof().toByteArray());
    if (!theirs.pop().equals(peer.pop()) || !theirs.to().equals(context.self())) {
      refuse(peer.pop(), Goodbye.Reason.WRONG_POP);
    } else if (!context.authenticator().isProved(proof, Side.ACCEPTOR, mine, theirs)) {
      refuse(peer.pop(), Goodbye.Reason.NOT_AUTHENTIC);
    } else if (!theirs.sharesAVersionWith(mine)) {
      refuse(peer.pop(), Goodbye.Reason.NO_COMMON_VERSION);
    } else {
      Bytes own = context.authenticator().prove(Side.DIALER, mine, theirs);
      say(
          PeerFrame.newBuilder()
              .setHelloProof(
                  HelloProof.newBuilder()
                      .setProof(UnsafeByteOperations.unsafeWrap(own.unsafeArray())))
              .build());
      up(theirs);
      peer.linkUp(this);
    }
  }

  @Override
  @Nullable CallStreamObserver<PeerFrame> out() {
    return out;
  }

  @Override
  void release() {
    keeper.letGo(channel);
  }

  @Override
  void over(Goodbye.Reason reason) {
    peer.linkOver(this, reason);
  }

  private static final class Events extends StreamEvents
      implements ClientResponseObserver<PeerFrame, PeerFrame> {
    private final DialledLink link;

    Events(DialledLink link) {
      super(link);
      this.link = link;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<PeerFrame> stream) {
      // Called by open(), on the loop, before it returns.
      link.out = stream;
      stream.disableAutoRequestWithInitial(FRAMES_AHEAD);
      stream.setOnReadyHandler(() -> link.context.run(link.peer::pump));
    }
  }
}
