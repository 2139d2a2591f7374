package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.sojourn.policy.Policy;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import dev.sojourn.yaml.YamlValue;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code node.yaml} and the files that it names, and tells everything wrong at once. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * @throws InvalidYamlException with every problem of the files; its message is for a person
   */
  public static NodeSetup load(Path nodeFile) throws InvalidYamlException {
    YamlProblems nodeProblems = YamlProblems.of(nodeFile.toString());
    Optional<YamlFields> fields = fields(nodeFile, nodeProblems);
    Path directory = Optional.ofNullable(nodeFile.toAbsolutePath().getParent()).orElse(nodeFile);
    Optional<NodeConfig> node =
        fields.flatMap(found -> new NodeConfigReader(found, directory).read());
    if (fields.isEmpty() || node.isEmpty()) {
      throw new InvalidYamlException(nodeProblems.all());
    }
    YamlProblems topologyProblems = YamlProblems.of(node.get().topologyFile().toString());
    Optional<Topology> topology = readTopology(node.get().topologyFile(), topologyProblems);
    YamlProblems keyProblems = YamlProblems.ofSecret(node.get().keysFile().toString());
    Optional<NodeKeys> keys = KeysFile.read(node.get().keysFile(), keyProblems);
    if (topology.isPresent() && topologyProblems.isEmpty()) {
      checkOwnPop(fields.get().get("pop"), node.get().pop(), topology.get(), nodeProblems);
    }
    Optional<Path> tokensFile = node.get().gateway().flatMap(NodeConfig.Gateway::tokensFile);
    YamlProblems tokenProblems = YamlProblems.of(tokensFile.orElse(nodeFile).toString());
    Optional<CallerTokens> tokens =
        tokensFile.flatMap(file -> TokensFile.read(file, tokenProblems));
    Optional<Path> policyFile = node.get().policyFile();
    YamlProblems policyProblems =
        YamlProblems.of(policyFile.map(Path::toString).orElse("policy.yaml"));
    Optional<Policy> policy = policyFile.flatMap(file -> PolicyFile.read(file, policyProblems));
    Optional<Path> signersFile = node.get().policySignersFile();
    YamlProblems signersProblems = YamlProblems.of(signersFile.orElse(nodeFile).toString());
    Optional<PolicySigners> signers =
        signersFile.flatMap(file -> PolicySignersFile.read(file, signersProblems));
    throwIfAny(
        nodeProblems,
        topologyProblems,
        keyProblems,
        tokenProblems,
        policyProblems,
        signersProblems);
    return new NodeSetup(
        node.get(), topology.orElseThrow(), keys.orElseThrow(), policy, signers, tokens);
  }

  /**
   * @throws InvalidYamlException with every problem of the file
   */
  public static Topology loadTopology(Path file) throws InvalidYamlException {
    YamlProblems problems = YamlProblems.of(file.toString());
    Optional<Topology> topology = readTopology(file, problems);
    problems.throwIfAny();
    return topology.orElseThrow();
  }

  private static Optional<Topology> readTopology(Path file, YamlProblems problems) {
    return fields(file, problems).map(fields -> new TopologyReader().read(fields));
  }

  private static Optional<YamlFields> fields(Path file, YamlProblems problems) {
    return ConfigFile.read(file, problems).flatMap(bytes -> YamlReader.read(bytes, problems));
  }

  private static void checkOwnPop(
      YamlValue value, PopId pop, Topology topology, YamlProblems problems) {
    Optional<Pop> own = topology.find(pop);
    if (own.isEmpty()) {
      problems.addUnknown(
          value.span(),
          "POP",
          pop.name(),
          Lists.transform(topology.pops().keySet().asList(), PopId::name));
    } else if (own.get().isRetired()) {
      value.refuse(
          "POP `" + pop + "` is retired", "start a new site under an id that was never used");
    }
  }

  private static void throwIfAny(YamlProblems... files) throws InvalidYamlException {
    ImmutableList.Builder<YamlProblem> all = ImmutableList.builder();
    for (YamlProblems problems : files) {
      all.addAll(problems.all());
    }
    ImmutableList<YamlProblem> found = all.build();
    if (!found.isEmpty()) {
      throw new InvalidYamlException(found);
    }
  }
}
