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
 * How a node's gRPC ports are secured: all of them by TLS, or none. The admin port has no TLS.
 *
 * @param clients for applications that call
 * @param peers for other POPs that call
 * @param outgoing for calls to other POPs: with the node's own certificate; theirs are checked
 *     against the authority of the peers, or against the platform's if there is none
 */
record Credentials(
    ServerCredentials clients, ServerCredentials peers, ChannelCredentials outgoing) {

  /**
   * @throws IOException if a file cannot be read, or is not what it should be
   */
  static Credentials of(Optional<NodeConfig.Tls> tls) throws IOException {
    if (tls.isEmpty()) {
      ServerCredentials plain = InsecureServerCredentials.create();
      return new Credentials(plain, plain, InsecureChannelCredentials.create());
    }
    NodeConfig.Tls files = tls.get();
    return new Credentials(
        incoming(files, files.clientCa()), incoming(files, files.peerCa()), outgoing(files));
  }

  private static ServerCredentials incoming(NodeConfig.Tls files, Optional<Path> authority)
      throws IOException {
    TlsServerCredentials.Builder incoming =
        TlsServerCredentials.newBuilder()
            .keyManager(files.certificate().toFile(), files.key().toFile());
    if (authority.isPresent()) {
      incoming
          .trustManager(authority.get().toFile())
          .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
    }
    return incoming.build();
  }

  private static ChannelCredentials outgoing(NodeConfig.Tls files) throws IOException {
    TlsChannelCredentials.Builder outgoing =
        TlsChannelCredentials.newBuilder()
            .keyManager(files.certificate().toFile(), files.key().toFile());
    if (files.peerCa().isPresent()) {
      outgoing.trustManager(files.peerCa().get().toFile());
    }
    return outgoing.build();
  }
}
