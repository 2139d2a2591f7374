package dev.sojourn.gateway;

import com.google.common.collect.ImmutableSet;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import com.linecorp.armeria.server.cors.CorsService;
import com.linecorp.armeria.server.docs.DocService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import dev.sojourn.server.Gateway;
import dev.sojourn.server.ServedNode;
import dev.sojourn.server.config.NodeConfig;
import dev.sojourn.server.config.NodeSetup;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * A node's gateway: its session service over HTTP/1.1 and HTTP/2, as JSON and as gRPC-Web, and
 * beside it {@code /livez}, {@code /readyz}, {@code /metrics} and, if wanted, {@code /docs}. The
 * thread that reads a request runs it, as at the port for clients. Thread-safe.
 */
public final class EdgeGateway implements Gateway {
  private static final int CONNECTIONS_MAX = 10_000;
  private static final int STREAMS_PER_CONNECTION_MAX = 256;
  private static final int REQUEST_LINE_CHARS_MAX = 1_024;
  private static final int OWN_THREADS = 2;
  private static final Duration IDLE_MAX = Duration.ofSeconds(60);
  private static final Duration GRACE_MAX = Duration.ofSeconds(10);
  private static final Duration LOOPS_END_MAX = Duration.ofSeconds(2);

  /** With none, the server would not wait for what it has accepted. */
  private static final Duration QUIET_MIN = Duration.ofMillis(50);

  private static final Duration PREFLIGHT_AGE_MAX = Duration.ofHours(2);

  /** By how much the node's own word on a deadline comes before the server's. */
  private static final long LEAD_MILLIS = 500;

  private final Server server;

  private EdgeGateway(Server server) {
    this.server = server;
  }

  /**
   * Binds the port and begins to answer; a {@link dev.sojourn.server.GatewayOpener}.
   *
   * @throws Exception if the port cannot be bound, or the certificate cannot be used
   */
  public static EdgeGateway open(NodeConfig.Gateway config, NodeSetup setup, ServedNode node)
      throws Exception {
    Server server = server(config, setup, node);
    try {
      server.start().join();
    } catch (CompletionException e) {
      server.close();
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    return new EdgeGateway(server);
  }

  @Override
  public int port() {
    return server.activeLocalPort();
  }

  @Override
  public void close() {
    server.close();
  }

  private static Server server(NodeConfig.Gateway config, NodeSetup setup, ServedNode node) {
    StrictJson json = new StrictJson(config.bodyBytesMax());
    ConnectErrors errors = new ConnectErrors(json);
    Refusals refusals = new Refusals(setup.node().pop(), node.metrics());
    SessionDoor door =
        new SessionDoor(
            node.sessions(),
            new Callers(setup.tokens(), config.origins(), config.docs()),
            cookie(config, setup.node()),
            config.callMillisMax(),
            refusals);
    ServerBuilder server = Server.builder();
    listen(server, config, setup.node());
    limit(server, config);
    server.errorHandler(new ProtocolErrors(errors, refusals));
    GrpcService grpc =
        GrpcService.builder()
            .addService(door)
            .supportedSerializationFormats(
                GrpcSerializationFormats.PROTO,
                GrpcSerializationFormats.PROTO_WEB,
                GrpcSerializationFormats.PROTO_WEB_TEXT,
                // For the pages alone, which offer calls as JSON then: JsonCalls answers those.
                GrpcSerializationFormats.JSON)
            .maxRequestMessageLength(config.bodyBytesMax())
            .useClientTimeoutHeader(false)
            .enableUnframedRequests(true)
            .build();
    server.service(
        grpc,
        calls -> new JsonCalls(calls, door, json, errors, refusals),
        calls -> withCors(calls, config.origins()));
    Probes probes = new Probes(node);
    server.service("/livez", probes.live());
    server.service("/readyz", probes.ready());
    server.service("/metrics", probes.metrics(door, errors));
    if (config.docs()) {
      DocService pages =
          Examples.pages(
              setup.topology().namespaces().keySet().iterator().next(), setup.tokens().isPresent());
      server.serviceUnder("/docs", pages.decorate(Examples::fromHereAlone));
    }
    return server.build();
  }

  private static void listen(ServerBuilder server, NodeConfig.Gateway config, NodeConfig node) {
    InetSocketAddress address =
        new InetSocketAddress(config.listen().host(), config.listen().port());
    Optional<NodeConfig.Tls> tls = node.tls();
    SessionProtocol protocol = tls.isPresent() ? SessionProtocol.HTTPS : SessionProtocol.HTTP;
    server.port(new ServerPort(address, protocol));
    // The JDK's: nothing of this port needs the speed of native code.
    tls.ifPresent(
        files ->
            server
                .tls(files.certificate().toFile(), files.key().toFile())
                .tlsEngineType(TlsEngineType.JDK));
    server.workerGroup(loops(OWN_THREADS), true).bossGroupFactory(name -> loops(1));
    server.blockingTaskExecutor(1);
    server.disableServerHeader();
  }

  /** Event loops that end when asked to, and not two seconds later. */
  private static EventLoopGroup loops(int count) {
    return EventLoopGroups.builder()
        .numThreads(count)
        .gracefulShutdown(Duration.ZERO, LOOPS_END_MAX)
        .build();
  }

  private static void limit(ServerBuilder server, NodeConfig.Gateway config) {
    server
        .maxNumConnections(CONNECTIONS_MAX)
        .http2MaxStreamsPerConnection(STREAMS_PER_CONNECTION_MAX)
        .http1MaxInitialLineLength(REQUEST_LINE_CHARS_MAX)
        .http1MaxHeaderSize(config.headerBytesMax())
        .http2MaxHeaderListSize(config.headerBytesMax())
        .maxRequestLength(config.bodyBytesMax())
        .requestTimeoutMillis(config.callMillisMax() + LEAD_MILLIS)
        .idleTimeout(IDLE_MAX)
        .gracefulShutdownTimeout(QUIET_MIN, GRACE_MAX)
        // Neither a request nor what became of it is anybody's business here.
        .accessLogWriter(AccessLogWriter.disabled(), true)
        .unloggedExceptionsReportIntervalMillis(0);
  }

  private static HttpService withCors(HttpService calls, ImmutableSet<String> origins) {
    if (origins.isEmpty()) {
      return calls;
    }
    return CorsService.builder(origins)
        .allowCredentials()
        .allowRequestMethods(HttpMethod.POST)
        .allowRequestHeaders(
            HttpHeaderNames.CONTENT_TYPE,
            HttpHeaderNames.AUTHORIZATION,
            CarriedHint.HEADER,
            CarriedHint.CARRIER,
            "connect-protocol-version",
            "connect-timeout-ms",
            "x-grpc-web",
            "x-user-agent")
        .exposeHeaders(
            CarriedHint.HEADER,
            CarriedHint.MAX_AGE,
            "grpc-status",
            "grpc-message",
            "grpc-status-details-bin")
        .maxAge(PREFLIGHT_AGE_MAX)
        .newDecorator()
        .apply(calls);
  }

  private static HintCookie cookie(NodeConfig.Gateway config, NodeConfig node) {
    boolean isForTrying = node.insecure() && node.tls().isEmpty() && config.listen().isLoopback();
    return isForTrying ? HintCookie.DEVELOPMENT : HintCookie.HOST;
  }
}
