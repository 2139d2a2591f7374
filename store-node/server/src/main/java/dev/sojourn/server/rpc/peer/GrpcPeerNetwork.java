package dev.sojourn.server.rpc.peer;

import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.rpc.convert.EnvelopeEncoder;
import dev.sojourn.server.rpc.convert.PolicyNewsConverter;
import dev.sojourn.v1.Goodbye;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.v1.PeerFrame;
import dev.sojourn.v1.PeerServiceGrpc;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Messages between POPs over gRPC streams. Sockets, links and calls of the listener all live on one
 * loop of the given group, so that no link needs a lock and a frame crosses no thread before it
 * reaches the listener.
 */
public final class GrpcPeerNetwork implements PeerNetwork {
  /** Strangers at the door beyond this many are sent away unheard. */
  private static final int OPENING_MAX = 1_000;

  /** Room beside one message in the largest frame. */
  private static final int FRAME_OVERHEAD_BYTES = 1 << 10;

  private static final long CLOSE_POLL_MILLIS = 10;
  private static final long CLOSE_PATIENCE_MILLIS = 1_000;

  private final LinkContext context;
  private final ChannelKeeper keeper;
  private final Server server;
  private final ConcurrentHashMap<PopId, Peer> peers = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** Belongs to the loop. */
  private final Set<AcceptedLink> opening = new HashSet<>();

  private volatile boolean closed;

  /**
   * @param topology asked at each attempt to connect and at each Hello
   * @param store what to say of this POP's store; asked for each frame, on the loop
   * @param loops one of these will be used; they must outlive {@link #shutdown()}'s end
   */
  public GrpcPeerNetwork(
      PopId self,
      Supplier<TopologyView> topology,
      PeerAuthenticator authenticator,
      Supplier<PeerFacts> store,
      PeerListener listener,
      EventLoopGroup loops,
      PeerSettings settings) {
    this.context =
        new LinkContext(
            self,
            topology,
            authenticator,
            store,
            listener,
            settings,
            loops.next(),
            new LinkTally(),
            new SecureRandom());
    this.keeper = new ChannelKeeper(context);
    this.server =
        NettyServerBuilder.forAddress(settings.listen(), settings.incoming())
            .bossEventLoopGroup(context.loop())
            .workerEventLoopGroup(context.loop())
            .channelType(SocketKind.of(context.loop()).server())
            .directExecutor()
            .maxInboundMessageSize(settings.frameBytesMax())
            .maxConcurrentCallsPerConnection(2)
            .keepAliveTime(settings.silenceMillisMax(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(settings.silenceMillisMax(), TimeUnit.MILLISECONDS)
            .addService(new Door())
            .build();
  }

  /** Must not be called from an event loop. */
  @Override
  public int start() throws IOException {
    server.start();
    scheduleTick();
    return server.getPort();
  }

  @Override
  public boolean send(PopId to, KeyHash key, PeerMessage message) {
    return send(to, EnvelopeEncoder.encode(to, key, message).build());
  }

  @Override
  public boolean sendAnnouncesDone(PopId to, Bytes storeId) {
    return send(to, EnvelopeEncoder.announcesDone(storeId).build());
  }

  @Override
  public boolean sendPolicyNews(PopId to, PolicyNews news) {
    return send(to, PolicyNewsConverter.toProto(news).build());
  }

  private boolean send(PopId to, PeerEnvelope envelope) {
    int bytesMax = context.settings().frameBytesMax() - FRAME_OVERHEAD_BYTES;
    if (closed || envelope.getSerializedSize() > bytesMax) {
      context.tally().droppedUnsent.increment();
      return false;
    }
    if (isStranger(to)) {
      context.tally().droppedUnsent.increment();
      context.run(() -> context.listener().disconnected(to));
      return true;
    }
    return peerOf(to).offer(envelope);
  }

  @Override
  public void connect(PopId to) {
    context.run(
        () -> {
          if (!closed && isStranger(to)) {
            context.listener().disconnected(to);
          } else if (!closed) {
            peerOf(to).want();
          }
        });
  }

  private boolean isStranger(PopId pop) {
    return !peers.containsKey(pop) && !context.topology().get().peers().containsKey(pop);
  }

  private Peer peerOf(PopId pop) {
    return peers.computeIfAbsent(pop, name -> new Peer(context, name, keeper));
  }

  @Override
  public void topologyChanged() {
    context.run(() -> peers.values().forEach(Peer::topologyChanged));
  }

  @Override
  public PeerCounters counters() {
    return context.tally().counters();
  }

  private void scheduleTick() {
    long periodMillis = Math.max(5, context.settings().heartbeatMillis() / 4);
    long dueMillis = context.nowMillis() + periodMillis;
    context.runAfter(periodMillis, () -> tick(dueMillis));
  }

  private void tick(long dueMillis) {
    if (closed) {
      return;
    }
    long now = context.nowMillis();
    Set.copyOf(opening).forEach(link -> link.tickOpening(now));
    peers.values().forEach(peer -> peer.tick(now, now - dueMillis));
    scheduleTick();
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    if (context.loop().isShuttingDown()) {
      // Its sockets ended with the loop.
      closed = true;
      server.shutdownNow();
      ended.complete(null);
    }
    context.run(
        () -> {
          if (!closed) {
            closed = true;
            Set.copyOf(opening).forEach(link -> link.close(Goodbye.Reason.SHUTTING_DOWN));
            peers.values().forEach(peer -> peer.close(Goodbye.Reason.SHUTTING_DOWN));
            server.shutdown();
            awaitEnd(context.nowMillis() + CLOSE_PATIENCE_MILLIS);
          }
        });
    return ended;
  }

  private void awaitEnd(long patientUntilMillis) {
    if (server.isTerminated() && keeper.isIdle()) {
      ended.complete(null);
      return;
    }
    if (context.nowMillis() >= patientUntilMillis) {
      server.shutdownNow();
      keeper.letGoAtOnce();
    }
    context.runAfter(CLOSE_POLL_MILLIS, () -> awaitEnd(patientUntilMillis));
  }

  /** Where other POPs come in. */
  private final class Door extends PeerServiceGrpc.PeerServiceImplBase implements Peers {
    @Override
    public StreamObserver<PeerFrame> link(StreamObserver<PeerFrame> responses) {
      ServerCallStreamObserver<PeerFrame> out = (ServerCallStreamObserver<PeerFrame>) responses;
      AcceptedLink link = new AcceptedLink(context, this, out);
      out.disableAutoRequest();
      out.setOnCancelHandler(() -> context.run(link::broken));
      out.setOnReadyHandler(() -> context.run(link::ready));
      context.run(
          () -> {
            opening.add(link);
            if (closed || opening.size() > OPENING_MAX) {
              link.close(Goodbye.Reason.SHUTTING_DOWN);
            }
          });
      out.request(Link.FRAMES_AHEAD);
      return new StreamEvents(link);
    }

    @Override
    public Peer of(PopId pop) {
      return peerOf(pop);
    }

    @Override
    public void opened(AcceptedLink link) {
      opening.remove(link);
    }
  }
}
