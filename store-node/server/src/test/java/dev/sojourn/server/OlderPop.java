package dev.sojourn.server;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.config.Address;
import dev.sojourn.server.rpc.peer.GrpcPeerNetwork;
import dev.sojourn.server.rpc.peer.PeerFacts;
import dev.sojourn.server.rpc.peer.PeerListener;
import dev.sojourn.server.rpc.peer.PeerSettings;
import dev.sojourn.server.rpc.peer.SharedSecretAuthenticator;
import dev.sojourn.server.rpc.peer.TopologyView;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The end of a stream as a release has it that knows nothing of signed policies: its Hello says
 * policy version 0.
 */
final class OlderPop implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<PolicyNews> told = new CopyOnWriteArrayList<>();
  private final GrpcPeerNetwork network;

  OlderPop(TestNodes nodes, PopId self, PopId other) throws IOException {
    Address mine = nodes.peerAddress(self);
    Address theirs = nodes.peerAddress(other);
    TopologyView view =
        new TopologyView(
            ImmutableMap.of(other, new TopologyView.Endpoint(theirs.host(), theirs.port())),
            ImmutableSet.of());
    network =
        new GrpcPeerNetwork(
            self,
            () -> view,
            new SharedSecretAuthenticator(nodes.keys().peerSecret()),
            () -> new PeerFacts(Bytes.wrap(new byte[16]), 1, 0, 1, 0),
            new Ears(),
            loops,
            PeerSettings.plain(new InetSocketAddress(mine.host(), mine.port())));
    network.start();
  }

  List<PolicyNews> told() {
    return told;
  }

  long links() {
    return network.counters().links();
  }

  @Override
  public void close() {
    network.shutdown().join();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Ears implements PeerListener {
    @Override
    public void connected(PopId pop, PeerFacts facts) {}

    @Override
    public void disconnected(PopId pop) {}

    @Override
    public boolean received(PopId from, KeyHash key, PeerMessage message) {
      return true;
    }

    @Override
    public void announcesDone(PopId pop, Bytes storeId) {}

    @Override
    public void policyTold(PopId pop, PolicyNews news) {
      told.add(news);
    }
  }
}
