package dev.sojourn.server.rpc.peer;

import dev.sojourn.v1.PeerFrame;
import io.grpc.stub.StreamObserver;

/** Brings what gRPC says of a stream to the loop that its link belongs to, in order. */
class StreamEvents implements StreamObserver<PeerFrame> {
  private final Link link;

  StreamEvents(Link link) {
    this.link = link;
  }

  @Override
  public void onNext(PeerFrame frame) {
    link.context.run(() -> link.receive(frame));
  }

  @Override
  public void onError(Throwable broken) {
    link.context.run(link::broken);
  }

  @Override
  public void onCompleted() {
    link.context.run(link::broken);
  }
}
