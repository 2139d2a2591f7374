package dev.sojourn.cli.session;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.server.config.Address;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.SessionServiceGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks one node what it knows of a session. Thread-safe. */
public final class Inspector implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Address address;
  private final boolean speaksTls;
  private final ManagedChannel channel;

  public Inspector(Address address, ChannelCredentials credentials) {
    this.address = address;
    this.speaksTls = !(credentials instanceof InsecureChannelCredentials);
    this.channel =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(address.host(), address.port()), credentials)
            .build();
  }

  /**
   * @throws CommandFailure if the node does not answer, is not trusted, or refuses
   */
  public InspectResponse inspect(String namespace, String hint, boolean includeFields) {
    InspectRequest request =
        InspectRequest.newBuilder()
            .setNamespace(namespace)
            .setHint(hint)
            .setIncludeFields(includeFields)
            .build();
    try {
      return SessionServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .inspect(request);
    } catch (StatusRuntimeException e) {
      throw new FailedCall(address, speaksTls, e).failure();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
