package dev.sojourn.server.rpc.peer;

import com.google.protobuf.UnsafeByteOperations;
import dev.sojourn.core.link.LinkHello;
import dev.sojourn.core.link.LinkProof.Side;
import dev.sojourn.server.rpc.convert.HelloConverter;
import dev.sojourn.server.rpc.convert.WireException;
import dev.sojourn.v1.Goodbye;
import dev.sojourn.v1.HelloReply;
import dev.sojourn.v1.PeerFrame;
import dev.sojourn.value.Bytes;
import io.grpc.stub.CallStreamObserver;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A link that another POP opened, or somebody who says so. */
final class AcceptedLink extends Link {
  /** What of the handshake has been answered: who it says it is, and what it was told. */
  private record Answered(Peer peer, LinkHello theirs, LinkHello mine) {}

  private final Peers peers;
  private final ServerCallStreamObserver<PeerFrame> out;
  private @Nullable Answered answered;

  AcceptedLink(LinkContext context, Peers peers, ServerCallStreamObserver<PeerFrame> out) {
    super(context);
    this.peers = peers;
    this.out = out;
  }

  @Override
  void shakeHands(PeerFrame frame) throws WireException.Malformed {
    if (answered == null && frame.hasHello()) {
      greet(HelloConverter.fromProto(frame.getHello()));
    } else if (answered != null && frame.hasHelloProof()) {
      examine(answered, Bytes.wrap(frame.getHelloProof().getProof().toByteArray()));
    } else {
      throw new WireException.Malformed("a handshake goes Hello, HelloReply, HelloProof");
    }
  }

  private void greet(LinkHello theirs) {
    TopologyView view = context.topology().get();
    if (!theirs.to().equals(context.self())) {
      refuse(theirs.pop(), Goodbye.Reason.WRONG_POP);
    } else if (view.retired().contains(theirs.pop())) {
      refuse(theirs.pop(), Goodbye.Reason.RETIRED);
    } else if (theirs.pop().equals(context.self()) || !view.peers().containsKey(theirs.pop())) {
      refuse(theirs.pop(), Goodbye.Reason.UNKNOWN_POP);
    } else {
      answer(peers.of(theirs.pop()), theirs);
    }
  }

  private void answer(Peer peer, LinkHello theirs) {
    LinkHello mine = context.hello(theirs.pop(), peer.dials());
    if (!mine.sharesAVersionWith(theirs)) {
      refuse(theirs.pop(), Goodbye.Reason.NO_COMMON_VERSION);
    } else if (peer.isCrossed(theirs)) {
      close(Goodbye.Reason.CROSSED);
    } else {
      answered = new Answered(peer, theirs, mine);
      peer.answering(this);
      Bytes proof = context.authenticator().prove(Side.ACCEPTOR, theirs, mine);
      say(
          PeerFrame.newBuilder()
              .setHelloReply(
                  HelloReply.newBuilder()
                      .setHello(HelloConverter.toProto(mine))
                      .setProof(UnsafeByteOperations.unsafeWrap(proof.unsafeArray())))
              .build());
    }
  }

  private void examine(Answered answer, Bytes proof) {
    LinkHello theirs = answer.theirs();
    if (!context.authenticator().isProved(proof, Side.DIALER, theirs, answer.mine())) {
      refuse(theirs.pop(), Goodbye.Reason.NOT_AUTHENTIC);
    } else if (answer.peer().isStale(theirs)) {
      close(Goodbye.Reason.CROSSED);
    } else {
      up(theirs);
      peers.opened(this);
      answer.peer().linkUp(this);
    }
  }

  /** The other end takes more again. */
  void ready() {
    if (answered != null) {
      answered.peer().pump();
    }
  }

  @Override
  CallStreamObserver<PeerFrame> out() {
    return out;
  }

  @Override
  void release() {
    peers.opened(this);
  }

  @Override
  void over(Goodbye.Reason reason) {
    Optional.ofNullable(answered).ifPresent(answer -> answer.peer().linkOver(this, reason));
  }
}
