package dev.sojourn.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sojourn.server.FreePorts;
import dev.sojourn.server.Node;
import dev.sojourn.server.config.ConfigLoader;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.shell.SecureRandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The three POPs of the tutorial, as real nodes that begin with {@code shop.yaml} and know the
 * officer. Started when they are first called.
 */
final class ShopNodes implements Transcript.Nodes, AutoCloseable {
  private static final List<String> POPS = List.of("fra", "iad", "tyo");
  private static final List<String> COUNTRIES = List.of("DE", "US", "JP");

  private final Path folder;
  private final List<Node> running = new ArrayList<>();

  ShopNodes(Path folder) {
    this.folder = folder;
  }

  @Override
  public String awaitAddress() throws IOException {
    if (running.isEmpty()) {
      start();
    }
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isQuiet()) {
      if (System.nanoTime() > endNanos) {
        throw new AssertionError("the nodes do not come to an end: " + page(running.get(0)));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return "127.0.0.1:" + running.get(0).ports().admin();
  }

  /** All hold the same, and none is about to sweep. */
  private boolean isQuiet() throws IOException {
    Set<String> newest = new HashSet<>();
    for (Node node : running) {
      JsonObject page = page(node);
      newest.add(page.get("newest").getAsString());
      for (JsonElement pop : page.getAsJsonArray("pops")) {
        newest.add(pop.getAsJsonObject().get("version").getAsString());
        if (!pop.getAsJsonObject().get("standing").getAsString().equals("holds")) {
          return false;
        }
      }
      String sweep = page.getAsJsonObject("sweep").get("stage").getAsString();
      if (page.has("main") || !sweep.equals("done")) {
        return false;
      }
    }
    return newest.size() == 1;
  }

  private static JsonObject page(Node node) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + node.ports().admin() + "/policy");
    try (InputStream in = uri.toURL().openStream()) {
      return JsonParser.parseString(new String(in.readAllBytes(), UTF_8)).getAsJsonObject();
    }
  }

  private void start() throws IOException {
    Files.copy(folder.resolve("officer.pub"), folder.resolve("signers.pem"));
    KeysFile.create(
        folder.resolve("keys.yaml"),
        NodeKeys.fresh(new SecureRandomSource(), LocalDate.of(2026, 1, 1)));
    StringBuilder topology = new StringBuilder("pops:\n");
    List<Integer> ports = FreePorts.find(POPS.size());
    for (int i = 0; i < POPS.size(); i++) {
      topology.append(
          "  - {id: %s, country: %s, latitude: 0, longitude: %d, endpoint: 127.0.0.1:%d}\n"
              .formatted(POPS.get(i), COUNTRIES.get(i), 10 * i, ports.get(i)));
      String node =
          """
          pop: %s
          data: data-%s
          policy: shop.yaml
          policy-signers: signers.pem
          listen: {clients: 127.0.0.1:0, peers: 127.0.0.1:%d, admin: 127.0.0.1:0}
          shards: 1
          """;
      Files.writeString(
          folder.resolve(POPS.get(i) + ".node.yaml"),
          node.formatted(POPS.get(i), POPS.get(i), ports.get(i)));
    }
    topology.append("namespaces:\n  - name: shop\n");
    Files.writeString(folder.resolve("topology.yaml"), topology.toString());
    for (String pop : POPS) {
      try {
        running.add(Node.start(ConfigLoader.load(folder.resolve(pop + ".node.yaml"))));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    running.forEach(Node::close);
  }
}
