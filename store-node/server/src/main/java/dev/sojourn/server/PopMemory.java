package dev.sojourn.server;

import com.google.common.collect.ImmutableList;
import dev.sojourn.server.config.KnownPops;
import dev.sojourn.server.config.NodeConfig;
import dev.sojourn.server.config.Topology;
import dev.sojourn.server.ops.ExitStatus;
import dev.sojourn.server.ops.NodeFailure;
import dev.sojourn.server.shell.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The POPs that a node has seen, kept in its data directory, so that an id is not used again behind
 * its back while it is down.
 */
final class PopMemory {
  static final String FILE_NAME = "pops.json";

  private final AtomicFile file;
  private final Path topologyFile;

  PopMemory(NodeConfig config) {
    this.file = new AtomicFile(config.dataDirectory().resolve(FILE_NAME));
    this.topologyFile = config.topologyFile();
  }

  /**
   * Remembers the POPs of the topology that a node starts with. The store must be locked.
   *
   * @throws NodeFailure if this topology may not follow on those that the node has seen
   */
  void admit(Topology topology) throws NodeFailure {
    try {
      KnownPops known = file.read().map(KnownPops::fromJson).orElseGet(KnownPops::none);
      ImmutableList<String> problems = known.problemsOf(topology);
      if (!problems.isEmpty()) {
        throw new NodeFailure(
            ExitStatus.CONFIG,
            "`" + topologyFile + "`: " + String.join("; and ", problems),
            new IllegalArgumentException("a POP's id was used again"));
      }
      remember(topology);
    } catch (IllegalArgumentException e) {
      throw new NodeFailure(
          ExitStatus.STORAGE,
          "`"
              + file.path()
              + "` cannot be used: "
              + e.getMessage()
              + "; delete it, once you know that no POP's id was used again",
          e);
    } catch (IOException e) {
      throw new NodeFailure(
          ExitStatus.STORAGE,
          "`" + file.path() + "` cannot be read or written: " + e.getMessage(),
          e);
    }
  }

  /** Remembers the POPs of a topology that follows on the one before. */
  void remember(Topology topology) throws IOException {
    file.write(KnownPops.of(topology).toJson());
  }

  Path path() {
    return file.path();
  }
}
