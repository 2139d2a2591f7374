package dev.sojourn.server;

import dev.sojourn.server.config.NodeConfig;
import dev.sojourn.server.config.NodeSetup;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.ops.NodeFailure;

/**
 * Opens a node's gateway. It is given to a node from outside, so that nothing here knows the HTTP
 * server that it is built on.
 */
@FunctionalInterface
public interface GatewayOpener {
  /** For a program without a gateway: a node whose configuration has one does not start. */
  GatewayOpener NONE =
      (config, setup, node) -> {
        throw new NodeFailure(
            ExitStatus.CONFIG,
            "`gateway` is configured, and this program comes without one; leave it out, or set"
                + " `enabled: false`",
            new IllegalStateException("no gateway"));
      };

  /**
   * @param config the gateway's part of the setup
   * @throws Exception if its port cannot be bound, or its certificate cannot be used
   */
  Gateway open(NodeConfig.Gateway config, NodeSetup setup, ServedNode node) throws Exception;
}
