package dev.sojourn.server;

import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.policy.Policy;
import dev.sojourn.server.config.NodeConfig;
import dev.sojourn.server.config.PolicyFile;
import dev.sojourn.server.config.Topology;
import dev.sojourn.server.config.TopologyFile;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files that may change while a node runs, and tells the node's parts of a new
 * content. One that cannot be used is logged, and the node goes on with what it has. For one
 * thread.
 */
final class ConfigWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);

  private final NodeParts parts;
  private final TopologyFile topologyFile;
  private final Optional<PolicyFile> policyFile;
  private final PopMemory memory;
  private final long syncMillisMax;

  /**
   * @param policy what its file said at the start
   */
  ConfigWatch(NodeParts parts, NodeConfig config, Optional<Policy> policy) {
    this.parts = parts;
    this.topologyFile = new TopologyFile(config.topologyFile(), parts.topology().get());
    this.policyFile =
        config.policyFile().flatMap(file -> policy.map(read -> new PolicyFile(file, read)));
    this.memory = new PopMemory(config);
    this.syncMillisMax = config.storage().syncMillisMax();
  }

  void look() {
    lookAtTopology();
    policyFile.ifPresent(this::lookAtPolicy);
  }

  private void lookAtTopology() {
    TopologyFile.Look look = topologyFile.look();
    if (look instanceof TopologyFile.Replaced replaced) {
      Topology topology = replaced.topology();
      remember(topology);
      parts.topology().set(topology);
      parts.namespaces().replace(topology.namespaces().keySet());
      parts.shell().topologyChanged(topology.namespaces());
      parts.policies().topologyChanged(topology, parts.clock().nowMillis());
      tellWhatIsRisked();
      LOG.atInfo().addKeyValue("pop", parts.pop()).log("the topology was replaced");
    } else if (look instanceof TopologyFile.Refused refused) {
      LOG.atError()
          .addKeyValue("pop", parts.pop())
          .log("the topology stays as it was: {}", refused.message());
    }
  }

  private void lookAtPolicy(PolicyFile file) {
    PolicyFile.Look look = file.look();
    if (look instanceof PolicyFile.Replaced replaced) {
      boolean decides =
          parts.policies().begin(replaced.yaml(), replaced.policy(), parts.clock().nowMillis());
      LOG.atInfo()
          .addKeyValue("pop", parts.pop())
          .addKeyValue("version", replaced.policy().version())
          .log(
              decides
                  ? "the policy was replaced; what may no longer rest here is swept"
                  : "the policy's file has changed, and is not used: a signed policy decides");
    } else if (look instanceof PolicyFile.Refused refused) {
      LOG.atError()
          .addKeyValue("pop", parts.pop())
          .log("the policy stays as it was: {}", refused.message());
    }
  }

  /** What an operator has chosen to risk stands in the log of each start, and of each change. */
  void tellWhatIsRisked() {
    parts
        .topology()
        .get()
        .namespaces()
        .forEach(
            (name, settings) -> {
              if (settings.durability() == Durability.ASYNC) {
                LOG.atWarn()
                    .addKeyValue("pop", parts.pop())
                    .addKeyValue("namespace", name.name())
                    .addKeyValue("sync-interval-ms", syncMillisMax)
                    .log(
                        "`durability: async`: a crash of this machine may undo answered writes of"
                            + " the last sync interval; clients that have seen them are told");
              }
            });
  }

  private void remember(Topology topology) {
    try {
      memory.remember(topology);
    } catch (IOException e) {
      // It is remembered at the next start, and the running node refuses a wrong successor anyway.
      LOG.atWarn()
          .addKeyValue("pop", parts.pop())
          .log("`{}` cannot be written: {}", memory.path(), String.valueOf(e.getMessage()));
    }
  }
}
