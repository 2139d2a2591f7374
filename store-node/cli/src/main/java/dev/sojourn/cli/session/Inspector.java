package dev.sojourn.cli.session;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.server.config.Address;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.SessionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks one node what it knows of a session. Thread-safe. */
public final class Inspector implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Address address;
  private final ManagedChannel channel;

  public Inspector(Address address) {
    this.address = address;
    this.channel =
        NettyChannelBuilder.forAddress(new InetSocketAddress(address.host(), address.port()))
            .usePlaintext()
            .build();
  }

  /**
   * @throws CommandFailure if the node does not answer, or refuses the hint
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
      throw failureOf(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private CommandFailure failureOf(StatusRuntimeException e) {
    Optional<ErrorDetail> detail = detailOf(e);
    if (detail.isPresent()) {
      return CommandFailure.usage(
          address + " answers: " + detail.get().getText(), detail.get().getRemedy());
    }
    return CommandFailure.unavailable(
        "no node answers at " + address + " (" + e.getStatus().getCode() + ")",
        "start it, or name another node's client port with --at");
  }

  private static Optional<ErrorDetail> detailOf(StatusRuntimeException e) {
    Status status = StatusProto.fromThrowable(e);
    if (status == null) {
      return Optional.empty();
    }
    try {
      for (Any any : status.getDetailsList()) {
        if (any.is(ErrorDetail.class)) {
          return Optional.of(any.unpack(ErrorDetail.class));
        }
      }
      return Optional.empty();
    } catch (InvalidProtocolBufferException unreadable) {
      // A detail that cannot be read adds nothing to the status, which is told anyway.
      return Optional.empty();
    }
  }
}
