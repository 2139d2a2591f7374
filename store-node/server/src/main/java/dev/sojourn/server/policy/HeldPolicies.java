package dev.sojourn.server.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.policy.Policy;
import dev.sojourn.server.config.PolicySigners;
import dev.sojourn.server.config.Topology;
import dev.sojourn.server.policy.BundleRefused.Kind;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policies that a node holds, in memory and in its data directory, and which of them decide.
 * What is told to others has been written before.
 *
 * <p>For one thread at a time, but for {@link #newestVersion}, {@link #swept} and {@link #current}.
 */
public final class HeldPolicies {
  private final PopId self;
  private final RolloutFile file;
  private final PolicyMemory memory;
  private final CurrentPolicy current;
  private final Map<String, Policy> policies;
  private Rollout rollout;
  private Topology topology;
  private volatile long newestVersion;

  private HeldPolicies(
      PopId self,
      RolloutFile file,
      PolicyMemory memory,
      Map<String, Policy> policies,
      Rollout rollout,
      Topology topology) {
    this.self = self;
    this.file = file;
    this.memory = memory;
    this.policies = policies;
    this.rollout = rollout;
    this.topology = topology;
    this.newestVersion = rollout.newestVersion();
    this.current = new CurrentPolicy(Optional.of(deciders()), topology);
    current.since(memory.sinceMillis());
  }

  /**
   * @param beginning what the policy's file says, which decides if no bundle was ever taken
   * @throws IOException if the data directory cannot be read or written
   * @throws RolloutUnusable if what was kept there cannot be trusted
   */
  public static HeldPolicies open(
      PopId self,
      Path dataDirectory,
      String beginning,
      Optional<PolicySigners> signers,
      Topology topology,
      long nowMillis)
      throws IOException, RolloutUnusable {
    RolloutFile file = new RolloutFile(dataDirectory);
    Rollout rollout = file.read(signers).orElseGet(() -> Rollout.beginning(beginning));
    Map<String, Policy> policies = new HashMap<>();
    try {
      for (Edition each : rollout.all()) {
        policies.put(each.yaml(), BundleCheck.reread(each.yaml()));
      }
    } catch (BundleRefused e) {
      throw new RolloutUnusable(
          RolloutUnusable.Kind.DAMAGED,
          "`%s` holds a policy that this release cannot obey: %s"
              .formatted(file.path(), e.reason()));
    }
    PolicyMemory memory =
        PolicyMemory.open(
            dataDirectory, yamls(rollout.deciding(self)), topology.sites(), nowMillis);
    return new HeldPolicies(self, file, memory, policies, rollout, topology);
  }

  /**
   * To be called where a node starts without a policy: then everything may be anywhere, which must
   * not come of a line that is missing.
   *
   * @throws IOException if the data directory cannot be read or written
   * @throws RolloutUnusable if a signed policy was ever taken there
   */
  public static void openNone(Path dataDirectory) throws IOException, RolloutUnusable {
    new RolloutFile(dataDirectory).refuseIfThere();
    PolicyMemory.forget(dataDirectory);
  }

  /** What decides now; it changes when this does. */
  public CurrentPolicy current() {
    return current;
  }

  /** Of all that are held; 0 if no bundle was ever taken. Thread-safe. */
  public long newestVersion() {
    return newestVersion;
  }

  /** What lies here was swept for the policy that is in force since then. Thread-safe. */
  public void swept(long sinceMillis) {
    memory.swept(sinceMillis);
  }

  /** Whether what lies here was swept for what decides. */
  public boolean isSwept() {
    return memory.isSwept();
  }

  Rollout rollout() {
    return rollout;
  }

  Topology topology() {
    return topology;
  }

  ImmutableList<Edition> deciding() {
    return rollout.deciding(self);
  }

  Policy policyOf(Edition edition) {
    return Optional.ofNullable(policies.get(edition.yaml())).orElseThrow();
  }

  /**
   * Takes a bundle whose signature is right.
   *
   * @throws BundleRefused if it is not newer, or this POP cannot obey it, or it cannot be kept
   */
  Change take(Bundle bundle, long nowMillis) throws BundleRefused {
    Rollout newer = rollout.with(bundle);
    Policy policy = BundleCheck.sound(bundle, topology);
    try {
      file.write(newer);
    } catch (IOException e) {
      throw new BundleRefused(
          Kind.NOT_KEPT,
          "`%s` cannot be written: %s".formatted(file.path(), String.valueOf(e.getMessage())));
    }
    policies.put(bundle.yaml(), policy);
    return adopt(newer, nowMillis);
  }

  /**
   * The main one decides alone from now on.
   *
   * @throws IOException if that cannot be kept; then nothing has changed
   */
  Change settle(long nowMillis) throws IOException {
    Rollout newer = rollout.settle();
    file.write(newer);
    return adopt(newer, nowMillis);
  }

  /** The policy's file says something else: that decides, unless a bundle was ever taken. */
  Optional<Change> begin(String yaml, Policy policy, long nowMillis) {
    if (newestVersion > 0) {
      return Optional.empty();
    }
    policies.put(yaml, policy);
    return Optional.of(adopt(Rollout.beginning(yaml), nowMillis));
  }

  /** The same policies, for other POPs. */
  Change replaceTopology(Topology newer, long nowMillis) {
    topology = newer;
    current.replaceTopology(newer);
    return decide(nowMillis);
  }

  /**
   * What a step has changed.
   *
   * @param inForce empty if what is in force is as before
   * @param toSweep whether what lies here may have to go
   */
  record Change(Optional<PolicyInForce> inForce, boolean toSweep) {
    static final Change NONE = new Change(Optional.empty(), false);
  }

  private Change adopt(Rollout newer, long nowMillis) {
    ImmutableList<Edition> before = deciding();
    Optional<Edition> shadowBefore = rollout.shadow();
    rollout = newer;
    newestVersion = newer.newestVersion();
    policies.keySet().retainAll(yamls(newer.all()));
    boolean isSame = deciding().equals(before);
    if (isSame && newer.shadow().equals(shadowBefore)) {
      return Change.NONE;
    }
    current.replace(deciders());
    return isSame ? new Change(current.get(), false) : decide(nowMillis);
  }

  private Change decide(long nowMillis) {
    memory.decide(yamls(deciding()), topology.sites(), nowMillis);
    current.since(memory.sinceMillis());
    return new Change(current.get(), !memory.isSwept());
  }

  private Deciders deciders() {
    return new Deciders(
        deciding().stream().map(this::policyOf).collect(ImmutableList.toImmutableList()),
        rollout.shadow().map(this::policyOf));
  }

  private static List<String> yamls(List<Edition> editions) {
    return editions.stream().map(Edition::yaml).toList();
  }
}
