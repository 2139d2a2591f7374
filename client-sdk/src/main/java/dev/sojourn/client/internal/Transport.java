package dev.sojourn.client.internal;

import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.InspectRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollChannelOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/** The way to one POP: one or more lanes, and a bound on the calls that wait. Thread-safe. */
public final class Transport implements AutoCloseable {
  /** Larger requests are refused here, where the node would break the stream under all others. */
  private static final int REQUEST_BYTES_MAX = 4_000_000;

  private static final int RESPONSE_BYTES_MAX = 16 << 20;
  private static final int DEAD_CONNECTION_MILLIS = 10_000;
  private static final int CLOSE_MILLIS_MAX = 2_000;

  private final TransportOptions options;
  private final List<Loops> loops = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @throws IllegalArgumentException if the trusted certificates cannot be read
   */
  public Transport(TransportOptions options) {
    this.options = options;
    for (int i = 0; i < options.channels(); i++) {
      Loops own = Loops.one();
      loops.add(own);
      lanes.add(new Lane(own.loop(), ways(own)));
    }
  }

  /** Always completes normally, at the latest when the time is over; on an event loop. */
  public CompletableFuture<Reply> execute(ExecuteRequest request, long timeMillis) {
    if (closed.get()) {
      return now(ErrorCode.SHUTTING_DOWN, true, "this client was closed");
    }
    if (request.getSerializedSize() > REQUEST_BYTES_MAX) {
      return now(
          ErrorCode.LIMIT_EXCEEDED,
          false,
          "the request has " + request.getSerializedSize() + " bytes, of " + REQUEST_BYTES_MAX);
    }
    if (inFlight.incrementAndGet() > options.inFlightMax()) {
      inFlight.decrementAndGet();
      return now(
          ErrorCode.BUSY,
          true,
          options.inFlightMax() + " requests of this client are waiting already");
    }
    Lane lane = lanes.get(Math.floorMod(turn.getAndIncrement(), lanes.size()));
    // What the caller hangs on runs after the count went down, so that it may call again at the
    // bound.
    return lane.execute(request, timeMillis)
        .whenComplete((done, none) -> inFlight.decrementAndGet());
  }

  /** See {@link InspectCall}. */
  public CompletableFuture<InspectCall.Answer> inspect(InspectRequest request, long timeMillis) {
    return InspectCall.start(lanes.get(0).ways().home(), request, timeMillis);
  }

  /** Whether the caller is on an event loop, where it must not wait for an answer. */
  public boolean onEventLoop() {
    return lanes.stream().anyMatch(Lane::onLoop);
  }

  /** Ends what is waiting with SHUTTING_DOWN and closes the connections. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    lanes.forEach(Lane::close);
    if (!onEventLoop()) {
      lanes.forEach(lane -> lane.ways().channels().forEach(Transport::await));
    }
    loops.forEach(Loops::close);
  }

  private static void await(ManagedChannel channel) {
    try {
      if (!channel.awaitTermination(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private Ways ways(Loops own) {
    return new Ways(
        options.endpoints().stream()
            .map(endpoint -> new Ways.Way(endpoint, channel(own, endpoint)))
            .toList());
  }

  private ManagedChannel channel(Loops own, Endpoint endpoint) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
            .eventLoopGroup(own.group())
            .channelType(own.channelType())
            .directExecutor()
            .disableRetry()
            // A session never leaves the site by way of a proxy that some variable names.
            .proxyDetector(target -> null)
            .maxInboundMessageSize(RESPONSE_BYTES_MAX);
    if (own.isEpoll()) {
      builder.withOption(EpollChannelOption.TCP_USER_TIMEOUT, DEAD_CONNECTION_MILLIS);
    }
    return secured(builder).build();
  }

  private NettyChannelBuilder secured(NettyChannelBuilder builder) {
    if (!options.tls()) {
      return builder.negotiationType(NegotiationType.PLAINTEXT);
    }
    builder.negotiationType(NegotiationType.TLS);
    options.trusted().ifPresent(file -> trust(builder, file));
    return builder;
  }

  private static void trust(NettyChannelBuilder builder, Path file) {
    try {
      builder.sslContext(GrpcSslContexts.forClient().trustManager(file.toFile()).build());
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException("cannot read certificates from `" + file + "`", e);
    }
  }

  private static CompletableFuture<Reply> now(ErrorCode code, boolean retryable, String text) {
    return CompletableFuture.completedFuture(Reply.local(code, retryable, text, 0));
  }
}
