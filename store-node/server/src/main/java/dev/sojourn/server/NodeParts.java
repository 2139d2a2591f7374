package dev.sojourn.server;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.policy.Policy;
import dev.sojourn.server.ops.NodeMetrics;
import dev.sojourn.server.ops.NodeStatus;
import dev.sojourn.server.ops.PolicyPreview;
import dev.sojourn.server.ops.PreviewPage;
import dev.sojourn.server.ops.Survey;
import dev.sojourn.server.policy.CurrentPolicy;
import dev.sojourn.server.policy.Deciders;
import dev.sojourn.server.policy.HeldPolicies;
import dev.sojourn.server.policy.RolloutDesk;
import dev.sojourn.server.rpc.peer.PeerNetwork;
import dev.sojourn.server.rpc.session.ClientServer;
import dev.sojourn.server.rpc.session.ServedNamespaces;
import dev.sojourn.server.shell.NodeClock;
import dev.sojourn.server.shell.NodeShell;
import dev.sojourn.server.shell.RecordScan;
import dev.sojourn.server.shell.ResidencySweep;
import dev.sojourn.server.shell.ShardLoops;
import dev.sojourn.server.shell.ShardSnapshot;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.value.PopId;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a node is made of, wired together but not listening yet. */
record NodeParts(
    PopId pop,
    NodeLife life,
    NodeClock clock,
    NodeMetrics metrics,
    NodeEvents events,
    CurrentTopology topology,
    CurrentPolicy policy,
    Optional<HeldPolicies> heldPolicies,
    RolloutDesk policies,
    PolicyTicks policyTicks,
    ServedNamespaces namespaces,
    SessionStore store,
    ShardLoops loops,
    NodeShell shell,
    PeerNetwork network,
    ClientServer clients,
    ScheduledExecutorService ticks,
    Survey survey,
    ResidencySweep sweep,
    long startedMillis) {
  private static final long SNAPSHOT_MILLIS_MAX = 1_000;

  NodeStatus status() {
    long nowMillis = clock.nowMillis();
    return new NodeStatus(
        pop,
        life.phase(),
        nowMillis,
        nowMillis - startedMillis,
        clients.endpoint().callsOpen(),
        clients.endpoint().streamsOpen(),
        snapshot(),
        survey.latest(),
        store.queueDepth(),
        store.freeBytes(),
        network.counters(),
        sweep.report(),
        policies.report());
  }

  PreviewPage previewPage() {
    return new PreviewPage(
        new PolicyPreview(pop, new RecordScan(store), clock::nowMillis), this::tried);
  }

  /** What another policy would decide here; it takes nobody's place. */
  private PolicyInForce tried(Policy other) {
    return new CurrentPolicy(Optional.of(Deciders.of(other)), topology.get()).get().orElseThrow();
  }

  private ShardSnapshot snapshot() {
    try {
      return shell.shards().snapshot().get(SNAPSHOT_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      return ShardSnapshot.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ShardSnapshot.NONE;
    }
  }
}
