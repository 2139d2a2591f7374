package dev.sojourn.testkit;

import dev.sojourn.server.FreePorts;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The configuration of a kit's nodes, and their data, in a temporary directory. */
record KitFiles(Path directory, Map<String, Ports> portsByPop) {

  /** On loopback. */
  record Ports(int clients, int peers, int admin) {}

  static KitFiles write(List<TestPop> pops, String namespaces, Optional<String> policy) {
    try {
      KitFiles files = new KitFiles(Files.createTempDirectory("sojourn-testkit-"), free(pops));
      files.write(pops, namespaces, policy.orElse(""));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("the test kit cannot write its files", e);
    }
  }

  Path nodeFile(String pop) {
    return directory.resolve(pop + ".yaml");
  }

  /**
   * @throws IllegalArgumentException if there is no such POP
   */
  Ports ports(String pop) {
    Ports ports = portsByPop.get(pop);
    if (ports == null) {
      throw new IllegalArgumentException(
          "the test kit has no POP `" + pop + "`; it has " + portsByPop.keySet());
    }
    return ports;
  }

  void delete() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(directory)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }

  private void write(List<TestPop> pops, String namespaces, String policy) throws IOException {
    KeysFile.create(
        directory.resolve("keys.yaml"),
        NodeKeys.fresh(new SecureRandomSource(), LocalDate.of(2026, 1, 1)));
    if (!policy.isEmpty()) {
      Files.writeString(directory.resolve("policy.yaml"), policy);
    }
    StringBuilder topology = new StringBuilder("pops:\n");
    for (TestPop pop : pops) {
      topology.append(
          String.format(
              Locale.ROOT,
              """
                - id: %s
                  country: %s
                  latitude: %.4f
                  longitude: %.4f
                  endpoint: 127.0.0.1:%d
              """,
              pop.id(),
              pop.country(),
              pop.latitude(),
              pop.longitude(),
              ports(pop.id()).peers()));
      Files.writeString(nodeFile(pop.id()), node(pop.id(), !policy.isEmpty()));
    }
    Files.writeString(directory.resolve("topology.yaml"), topology + "namespaces:\n" + namespaces);
  }

  private String node(String pop, boolean hasPolicy) {
    Ports own = ports(pop);
    return String.format(
        Locale.ROOT,
        """
        pop: %s
        data: %s-data
        %slisten:
          clients: 127.0.0.1:%d
          peers: 127.0.0.1:%d
          admin: 127.0.0.1:%d
        storage:
          reserve: 1MiB
          block-cache: 1MiB
        shards: 1
        """,
        pop,
        pop,
        hasPolicy ? "policy: policy.yaml\n" : "",
        own.clients(),
        own.peers(),
        own.admin());
  }

  private static Map<String, Ports> free(List<TestPop> pops) throws IOException {
    Iterator<Integer> free = FreePorts.find(3 * pops.size()).iterator();
    Map<String, Ports> ports = new LinkedHashMap<>();
    for (TestPop pop : pops) {
      ports.put(pop.id(), new Ports(free.next(), free.next(), free.next()));
    }
    return Map.copyOf(ports);
  }
}
