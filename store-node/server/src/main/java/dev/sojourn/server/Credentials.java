package dev.sojourn.server;

import dev.sojourn.server.config.NodeConfig;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a node's ports are secured.
 *
 * @param incoming for whoever calls: TLS if there is a certificate, and certificates of callers if
 *     there is an authority for them
 * @param outgoing for calls to other POPs: with the node's own certificate; theirs are checked
 *     against the same authority, or against the platform's if there is none
 */
record Credentials(ServerCredentials incoming, ChannelCredentials outgoing) {

  /**
   * @throws IOException if a file cannot be read, or is not what it should be
   */
  static Credentials of(Optional<NodeConfig.Tls> tls) throws IOException {
    if (tls.isEmpty()) {
      return new Credentials(
          InsecureServerCredentials.create(), InsecureChannelCredentials.create());
    }
    NodeConfig.Tls files = tls.get();
    TlsServerCredentials.Builder incoming =
        TlsServerCredentials.newBuilder()
            .keyManager(files.certificate().toFile(), files.key().toFile());
    TlsChannelCredentials.Builder outgoing =
        TlsChannelCredentials.newBuilder()
            .keyManager(files.certificate().toFile(), files.key().toFile());
    if (files.clientCa().isPresent()) {
      Path authority = files.clientCa().get();
      incoming.trustManager(authority.toFile()).clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
      outgoing.trustManager(authority.toFile());
    }
    return new Credentials(incoming.build(), outgoing.build());
  }
}
