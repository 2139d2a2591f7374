package dev.sojourn.server.policy;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.sojourn.policy.Group;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.Ruleset;
import dev.sojourn.policy.Word;
import dev.sojourn.policy.read.SitesCheck;
import dev.sojourn.server.config.PolicyFile;
import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.config.Topology;
import dev.sojourn.server.policy.BundleRefused.Kind;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a POP can obey a bundle: its signature, its policy, and what both say of POPs. */
final class BundleCheck {
  private static final String FILE = "policy.yaml";

  private BundleCheck() {}

  static void signature(Bundle bundle, PolicySigners signers) throws BundleRefused {
    if (!signers.knows(bundle.keyId())) {
      throw new BundleRefused(
          Kind.UNKNOWN_SIGNER,
          "key " + bundle.keyId() + " is not in `policy-signers` here; add its `.pub`, restart");
    }
    byte[] signature = bundle.signature().unsafeArray();
    if (!signers.isSignedBy(bundle.keyId(), BundleText.signedPart(bundle), signature)) {
      throw new BundleRefused(
          Kind.BAD_SIGNATURE, "the signature is not right: the bundle was altered; sign it again");
    }
  }

  /** Reads a policy that this POP can obey as its topology is now. */
  static Policy sound(Bundle bundle, Topology topology) throws BundleRefused {
    checkStage(bundle.stage(), topology);
    YamlProblems problems = YamlProblems.of(FILE);
    Optional<Policy> policy =
        PolicyFile.read(bundle.yaml().getBytes(StandardCharsets.UTF_8), problems);
    policy.ifPresent(
        read -> {
          new SitesCheck(read, topology.sites(), problems).run();
          checkNames(read, topology, problems);
        });
    if (policy.isEmpty() || !problems.isEmpty()) {
      throw new BundleRefused(
          Kind.UNSOUND,
          problems.all().stream().map(YamlProblem::headline).collect(Collectors.joining("\n")));
    }
    return policy.get();
  }

  /** Of one that was found sound when it was taken. */
  static Policy reread(String yaml) throws BundleRefused {
    YamlProblems problems = YamlProblems.of(FILE);
    return PolicyFile.read(yaml.getBytes(StandardCharsets.UTF_8), problems)
        .orElseThrow(() -> new BundleRefused(Kind.UNSOUND, problems.all().get(0).headline()));
  }

  private static void checkStage(Stage stage, Topology topology) throws BundleRefused {
    if (stage instanceof Stage.At at) {
      for (PopId pop : at.pops()) {
        if (topology.find(pop).isEmpty()) {
          throw new BundleRefused(
              Kind.UNKNOWN_POP,
              "the stage names POP `" + pop + "`, which is not in the topology here");
        }
      }
    }
  }

  /**
   * A policy that says {@code not label:leased} would allow more where the topology is too old to
   * have that label.
   */
  private static void checkNames(Policy policy, Topology topology, YamlProblems problems) {
    ImmutableSet<String> labels = topology.sites().labels();
    for (Word word : words(policy)) {
      String text = word.text().startsWith("not ") ? word.text().substring(4) : word.text();
      String name = text.substring(text.indexOf(':') + 1).strip();
      boolean isLabel = text.strip().startsWith("label:");
      boolean isPop = text.strip().startsWith("pop:");
      if (isLabel && !labels.contains(name)) {
        problems.add(
            word.span(),
            "no POP of the topology here has the label `" + name + "`",
            "bring the topology up to date first");
      } else if (isPop && topology.find(new PopId(name)).isEmpty()) {
        problems.add(
            word.span(),
            "the topology here has no POP `" + name + "`",
            "bring the topology up to date first");
      }
    }
  }

  private static Set<Word> words(Policy policy) {
    Set<Word> words = new LinkedHashSet<>();
    for (Group group : policy.groups().values()) {
      words.addAll(group.words());
    }
    for (Ruleset ruleset : policy.namespaces().values()) {
      for (Rule rule : ruleset.rules()) {
        Iterables.addAll(words, Iterables.concat(rule.store().words(), rule.access().words()));
      }
    }
    return words;
  }
}
