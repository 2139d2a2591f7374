package dev.sojourn.cli.session;

import dev.sojourn.cli.CommandFailure;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a command speaks to nodes: plainly, unless told otherwise. */
public final class TlsOptions {
  @Option(
      names = "--tls",
      description = "Speak TLS, and trust the authorities that this platform trusts.")
  private boolean tls;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Speak TLS, and trust the authority whose certificate is in this PEM file.")
  private Optional<Path> authority = Optional.empty();

  /**
   * @throws CommandFailure if the authority's certificate cannot be read
   */
  public ChannelCredentials credentials() {
    if (authority.isPresent()) {
      return trusting(authority.get());
    }
    return tls ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
  }

  private static ChannelCredentials trusting(Path file) {
    try {
      byte[] pem = Files.readAllBytes(file);
      if (CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem))
          .isEmpty()) {
        throw new CertificateException("it is empty");
      }
      return TlsChannelCredentials.newBuilder().trustManager(new ByteArrayInputStream(pem)).build();
    } catch (IOException | CertificateException e) {
      throw CommandFailure.usage(
          "`" + file + "` holds no certificate that can be read",
          "give --tls-ca the PEM file of the authority that signed the node's certificate");
    }
  }
}
