package dev.sojourn.cli.session;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.sojourn.cli.CommandFailure;
import dev.sojourn.server.config.Address;
import dev.sojourn.v1.ErrorDetail;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A call that a node refused or did not answer.
 *
 * @param speaksTls whether it was made over TLS
 */
record FailedCall(Address address, boolean speaksTls, StatusRuntimeException cause) {
  private static final int PROBE_MILLIS = 2_000;

  /** What to tell the user of it. */
  CommandFailure failure() {
    return detail().map(this::refusal).orElseGet(this::noAnswer);
  }

  private CommandFailure refusal(ErrorDetail detail) {
    String problem = address + " answers: " + detail.getText();
    if (detail.getRetryable()) {
      return CommandFailure.unavailable(problem, detail.getRemedy());
    }
    return switch (detail.getCode()) {
      case INVALID_REQUEST, HINT_UNREADABLE, UNKNOWN_NAMESPACE ->
          CommandFailure.usage(problem, detail.getRemedy());
      default -> CommandFailure.refused(problem, detail.getRemedy());
    };
  }

  private CommandFailure noAnswer() {
    if (speaksTls && isCausedBy(cause, CertificateException.class)) {
      return CommandFailure.unavailable(
          "the certificate of " + address + " is not trusted",
          "give the certificate of its authority with --tls-ca, and a host with --at that the"
              + " certificate names");
    }
    if (speaksTls && isCausedBy(cause, NotSslRecordException.class)) {
      return CommandFailure.unavailable(
          address + " does not speak TLS", "leave --tls and --tls-ca out");
    }
    if (!speaksTls && wantsTls()) {
      return CommandFailure.unavailable(
          address + " wants TLS", "add --tls, or --tls-ca with its authority's certificate");
    }
    return CommandFailure.unavailable(
        "no node answers at " + address + " (" + cause.getStatus().getCode() + ")",
        "start it, or name another node's client port with --at");
  }

  /**
   * Offers a handshake and nothing else. A server of TLS that hears plain text only hangs up, which
   * could mean anything.
   */
  private boolean wantsTls() {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address.host(), address.port()), PROBE_MILLIS);
      plain.setSoTimeout(PROBE_MILLIS);
      try (SSLSocket socket =
          (SSLSocket) factory.createSocket(plain, address.host(), address.port(), true)) {
        socket.startHandshake();
        return true;
      }
    } catch (IOException e) {
      // Only a server of TLS shows a certificate, trusted or not.
      return isCausedBy(e, CertificateException.class);
    }
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
    for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  private Optional<ErrorDetail> detail() {
    Status status = StatusProto.fromThrowable(cause);
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
