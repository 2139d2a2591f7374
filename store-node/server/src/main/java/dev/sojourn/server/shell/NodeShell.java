package dev.sojourn.server.shell;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.CoreSettings;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.SessionProtocol;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.rpc.peer.PeerListener;
import dev.sojourn.server.rpc.peer.PeerNetwork;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The core of one node in the real world: its shards, and what feeds them besides clients. Built
 * before the network is, begun after it. Thread-safe.
 */
public final class NodeShell {
  private final Shards shards;
  private final HomeWatch homes;
  private final DueFeeder due;
  private final PeerStores stores;
  private final PeerRouter router;
  private final Supplier<ImmutableSet<PopId>> peersInService;
  private final Optional<PolicyInForce> firstPolicy;
  private volatile @Nullable PeerNetwork network;

  /**
   * @param core for each shard; a shard's share of what bounds the whole node
   * @param homesFile where it keeps which stores of peers it has settled with (rule R14)
   * @param peersInService the other POPs that are not retired
   * @throws IOException if that file cannot be read
   */
  public NodeShell(
      ShardLoops loops,
      CoreSettings core,
      SessionStore store,
      NodeClock clock,
      ShardObserver observer,
      Path homesFile,
      Supplier<ImmutableSet<PopId>> peersInService)
      throws IOException {
    PopId self = core.self();
    this.peersInService = peersInService;
    this.firstPolicy = core.policy();
    this.shards =
        new Shards(
            loops,
            index ->
                new Shard(
                    loops.loop(index),
                    self,
                    new SessionProtocol(core, new SecureRandomSource()),
                    store,
                    this::send,
                    clock,
                    observer));
    this.homes =
        new HomeWatch(
            self,
            new AtomicFile(homesFile),
            store.identity().storeId(),
            new RecordScan(store),
            shards,
            this::network,
            peersInService);
    this.due = new DueFeeder(loops.loop(0), store, shards, clock);
    this.stores = new PeerStores(self, store.identity().storeId(), pop -> network().connect(pop));
    this.router = new PeerRouter(shards, homes, stores);
  }

  public Shards shards() {
    return shards;
  }

  public PeerStores stores() {
    return stores;
  }

  /** To be given to the network. */
  public PeerListener peerListener() {
    return router;
  }

  /** To be called before the network is started. */
  public void tellOfPolicies(PolicyListener listener) {
    router.tellOfPolicies(listener);
  }

  /** Tells the shards what they must know before the first request, and what lay due. */
  public void begin(PeerNetwork peers) {
    network = peers;
    homes.begin();
    due.start();
  }

  /** Begins to call other POPs, if there is something to ask them. The network must be started. */
  public void dial() {
    homes.dial();
    meetPeers(firstPolicy);
  }

  /** Under a policy a session may have to be made at any of them, and its id tells of the store. */
  private void meetPeers(Optional<PolicyInForce> policy) {
    if (policy.isPresent()) {
      peersInService.get().forEach(stores::of);
    }
  }

  public void spaceChanged(boolean writable) {
    shards.postToAll(new Event.StorageSpaceChanged(writable));
  }

  /** A new configuration of the namespaces, or another set of POPs. */
  public void topologyChanged(ImmutableMap<Namespace, NamespaceSettings> namespaces) {
    shards.postToAll(new Event.NamespacesChanged(namespaces));
    network().topologyChanged();
    homes.topologyChanged();
  }

  /** Another residency policy, or the same one for other POPs. */
  public void policyChanged(Optional<PolicyInForce> policy) {
    shards.postToAll(new Event.PolicyChanged(policy));
    meetPeers(policy);
  }

  /** From here on no session is taken in; what is here is served and handed over. */
  public void drain() {
    shards.postToAll(new Event.DrainStarted());
  }

  /** Stops every shard: whoever still waits is told to retry. */
  public void stop() {
    due.stop();
    homes.close();
    shards.stop();
  }

  private boolean send(PopId to, KeyHash key, PeerMessage message) {
    PeerNetwork peers = network;
    return peers != null && peers.send(to, key, message);
  }

  private PeerNetwork network() {
    PeerNetwork peers = network;
    if (peers == null) {
      throw new IllegalStateException("the shell has not begun");
    }
    return peers;
  }
}
