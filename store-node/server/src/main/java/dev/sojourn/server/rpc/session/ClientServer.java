package dev.sojourn.server.rpc.session;

import dev.sojourn.server.shell.ShardLoops;
import dev.sojourn.v1.SessionServiceGrpc;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The port for clients: the session service, and gRPC's health and reflection services beside it,
 * where load balancers and command-line clients look for them.
 */
public final class ClientServer {
  private static final int OVERHEAD_BYTES = 1 << 10;

  /**
   * A larger message ends its stream, and all calls on it. So what a client may well send is read,
   * and refused for itself alone if it is more than a request may have.
   */
  private static final int MESSAGE_BYTES_MIN = 4 << 20;

  private static final int CALLS_PER_CONNECTION_MAX = 10_000;
  private static final long KEEP_ALIVE_SECONDS = 60;

  private final SessionServiceEndpoint endpoint;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Server server;

  /**
   * @param requestBytesMax of one request; the endpoint refuses what is larger
   */
  public ClientServer(
      SessionServiceEndpoint endpoint,
      ShardLoops loops,
      InetSocketAddress address,
      ServerCredentials credentials,
      int requestBytesMax) {
    this.endpoint = endpoint;
    this.server =
        NettyServerBuilder.forAddress(address, credentials)
            .bossEventLoopGroup(loops.group())
            .workerEventLoopGroup(loops.group())
            .channelType(loops.serverChannelType())
            .withChildOption(ChannelOption.TCP_NODELAY, true)
            .directExecutor()
            .maxInboundMessageSize(Math.max(requestBytesMax, MESSAGE_BYTES_MIN) + OVERHEAD_BYTES)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(endpoint)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build();
    setHealth(ServingStatus.NOT_SERVING);
  }

  /**
   * Begins to listen.
   *
   * @return the port bound
   * @throws IOException if the address cannot be bound
   */
  public int start() throws IOException {
    server.start();
    setHealth(ServingStatus.SERVING);
    return server.getPort();
  }

  public SessionServiceEndpoint endpoint() {
    return endpoint;
  }

  /** Takes nothing new; what was accepted is answered, and each stream closes after that. */
  public void drain() {
    health.enterTerminalState();
    endpoint.drain();
    server.shutdown();
  }

  /** Waits for what was accepted, and cuts off what is not done in time. */
  public void awaitEnd(long graceMillis) throws InterruptedException {
    if (!server.awaitTermination(graceMillis, TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      server.awaitTermination(graceMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void setHealth(ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(SessionServiceGrpc.SERVICE_NAME, status);
  }
}
