package dev.sojourn.server.rpc.peer;

import dev.sojourn.server.rpc.peer.TopologyView.Endpoint;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.HashSet;
import java.util.Set;

/**
 * Opens the connections that this POP dials, one for each link, and sees that they end. Belongs to
 * the loop of its context.
 */
final class ChannelKeeper {
  /** For the last words of a stream to leave. */
  private static final long FAREWELL_MILLIS = 500;

  private final LinkContext context;
  private final Set<ManagedChannel> channels = new HashSet<>();

  ChannelKeeper(LinkContext context) {
    this.context = context;
  }

  ManagedChannel open(Endpoint endpoint) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                endpoint.host(), endpoint.port(), context.settings().outgoing())
            .eventLoopGroup(context.loop())
            .channelType(SocketKind.of(context.loop()).channel())
            .directExecutor()
            .disableRetry()
            .maxInboundMessageSize(context.settings().frameBytesMax())
            .build();
    channels.add(channel);
    return channel;
  }

  void letGo(ManagedChannel channel) {
    channel.shutdown();
    context.runAfter(
        FAREWELL_MILLIS,
        () -> {
          channel.shutdownNow();
          channels.remove(channel);
        });
  }

  void letGoAtOnce() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  boolean isIdle() {
    return channels.stream().allMatch(ManagedChannel::isTerminated);
  }
}
