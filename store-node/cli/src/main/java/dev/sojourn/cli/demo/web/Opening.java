package dev.sojourn.cli.demo.web;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sojourn.cli.demo.CleanUp;
import dev.sojourn.cli.demo.data.RoundTrips;
import dev.sojourn.cli.demo.data.Site;
import dev.sojourn.cli.demo.net.WideAreaNetwork;
import dev.sojourn.cli.demo.node.Cluster;
import dev.sojourn.cli.demo.node.ClusterFiles;
import dev.sojourn.cli.demo.node.NodePorts;
import dev.sojourn.cli.demo.node.TemporaryDirectory;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.server.FreePorts;
import dev.sojourn.server.config.CallerTokens;
import dev.sojourn.server.config.KeysFile;
import dev.sojourn.server.config.NodeKeys;
import dev.sojourn.server.config.TokensFile;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds the world of the shop, piece by piece, and hands each to whoever will take it down. */
final class Opening {
  private static final Namespace NAMESPACE = new Namespace(ClusterFiles.NAMESPACE);
  private static final int WARM_UP_ROUNDS = 12;

  private final List<Site> sites = Site.ofTheShop();
  private final EdgeRuntime runtime;
  private final Shop.Telling telling;
  private final CleanUp cleanUp;

  Opening(EdgeRuntime runtime, Shop.Telling telling, CleanUp cleanUp) {
    this.runtime = runtime;
    this.telling = telling;
    this.cleanUp = cleanUp;
  }

  /** Returns the page, once a customer would find everything warm. */
  URI open() throws IOException, InterruptedException {
    List<PopId> pops = sites.stream().map(Site::pop).toList();
    Path directory = cleanUp.add(new TemporaryDirectory("sojourn-shop-")).path();
    RoundTrips roundTrips = RoundTrips.modelled();
    WideAreaNetwork network = cleanUp.add(WideAreaNetwork.start(pops, roundTrips::between));
    Map<PopId, NodePorts> ports = NodePorts.free(pops);
    String token = writeSecrets(directory);
    Policy policy = writePolicy(directory);
    ports.forEach(
        (pop, own) ->
            network.connect(
                pop, new InetSocketAddress(InetAddress.getLoopbackAddress(), own.peers())));
    Map<PopId, Path> files =
        new ClusterFiles(directory, sites, ports).withGateways().write(network::port);
    Cluster cluster = cleanUp.add(new Cluster(ports));
    int[] started = {0};
    cluster.start(files, pop -> telling.progress("starting nodes", ++started[0], pops.size()));
    Map<String, Edge> edges = edges(ports);
    cleanUp.add(EdgeFunctions.start(runtime, directory, List.copyOf(edges.values()), token));
    Front front =
        cleanUp.add(
            new Front(
                Pages.load(),
                world(network, policy),
                edges,
                sites.stream().collect(Collectors.toMap(s -> s.pop().name(), Site::country)),
                new Whereabouts(cluster, policy, sites)));
    // The processors must warm up, not the distances.
    network.collapse();
    WarmUp.run(front.address(), pops, WARM_UP_ROUNDS, telling);
    network.expand();
    return front.address();
  }

  /** The keys that the nodes share, and a token of the shop, which is returned. */
  private static String writeSecrets(Path directory) throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    SecureRandomSource random = new SecureRandomSource();
    KeysFile.create(directory.resolve("keys.yaml"), NodeKeys.fresh(random, today));
    CallerTokens.Fresh fresh =
        new CallerTokens(ImmutableList.of()).withFresh(NAMESPACE, random, today);
    TokensFile.write(directory.resolve("tokens.yaml"), fresh.all());
    return fresh.token();
  }

  private static Policy writePolicy(Path directory) throws IOException {
    byte[] content = Pages.read("/dev/sojourn/cli/demo/web/policy.yaml");
    Files.write(directory.resolve("policy.yaml"), content);
    try {
      return PolicyReader.read("policy.yaml", content);
    } catch (InvalidYamlException e) {
      throw new IllegalStateException("the shop's policy cannot be read", e);
    }
  }

  private static Map<String, Edge> edges(Map<PopId, NodePorts> ports) throws IOException {
    Iterator<Integer> free = FreePorts.find(ports.size()).iterator();
    Map<String, Edge> edges = new LinkedHashMap<>();
    ports.forEach((pop, own) -> edges.put(pop.name(), new Edge(pop, free.next(), own.gateway())));
    return edges;
  }

  private JsonObject world(WideAreaNetwork network, Policy policy) {
    JsonArray pops = new JsonArray();
    for (Site site : sites) {
      JsonObject pop = new JsonObject();
      pop.addProperty("id", site.pop().name());
      pop.addProperty("city", site.city());
      pop.addProperty("country", site.country());
      pop.addProperty("latitude", site.latitude());
      pop.addProperty("longitude", site.longitude());
      pops.add(pop);
    }
    JsonObject roundTrips = new JsonObject();
    for (WideAreaNetwork.Link link : network.links()) {
      roundTrips.addProperty(
          link.from() + "-" + link.to(),
          network.appliedRoundTrip(link.from(), link.to()).toNanos() / 1e6);
    }
    JsonArray rules = new JsonArray();
    for (Rule rule : policy.rulesOf(NAMESPACE)) {
      JsonObject each = new JsonObject();
      each.addProperty("id", rule.id().toString());
      each.addProperty("why", rule.why());
      rules.add(each);
    }
    JsonObject world = new JsonObject();
    world.addProperty("runtime", runtime.name());
    world.add("pops", pops);
    world.add("roundTripMillis", roundTrips);
    world.add("rules", rules);
    return world;
  }
}
