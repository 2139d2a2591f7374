package dev.sojourn.server.shell;

import dev.sojourn.core.event.Event;
import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.rpc.peer.PeerFacts;
import dev.sojourn.server.rpc.peer.PeerListener;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import org.jspecify.annotations.Nullable;

/** Brings what comes from other POPs to the shards that it is for. */
final class PeerRouter implements PeerListener {
  private final Shards shards;
  private final HomeWatch homes;
  private final PeerStores stores;
  private volatile @Nullable PolicyListener policies;

  PeerRouter(Shards shards, HomeWatch homes, PeerStores stores) {
    this.shards = shards;
    this.homes = homes;
    this.stores = stores;
  }

  /** To be called before the network is started. */
  void tellOfPolicies(PolicyListener listener) {
    policies = listener;
  }

  @Override
  public void connected(PopId pop, PeerFacts facts) {
    stores.learn(pop, facts.storeId());
    shards.postToAll(new Event.PeerConnected(pop, facts.recordFormat()));
    homes.connected(pop, facts.storeId());
    PolicyListener listener = policies;
    if (listener != null) {
      listener.connected(pop, facts.takesPolicyNews());
    }
  }

  @Override
  public void disconnected(PopId pop) {
    shards.postToAll(new Event.PeerDisconnected(pop));
    PolicyListener listener = policies;
    if (listener != null) {
      listener.disconnected(pop);
    }
  }

  @Override
  public boolean received(PopId from, KeyHash key, PeerMessage message) {
    return shards.of(key).postMessage(new Event.MessageReceived(from, key, message));
  }

  @Override
  public void announcesDone(PopId pop, Bytes storeId) {
    homes.announcesDone(pop, storeId);
  }

  @Override
  public void policyTold(PopId pop, PolicyNews news) {
    PolicyListener listener = policies;
    if (listener != null) {
      listener.told(pop, news);
    }
  }
}
