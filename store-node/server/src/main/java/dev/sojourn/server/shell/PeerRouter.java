package dev.sojourn.server.shell;

import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.rpc.peer.PeerFacts;
import dev.sojourn.server.rpc.peer.PeerListener;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;

/** Brings what comes from other POPs to the shards that it is for. */
final class PeerRouter implements PeerListener {
  private final Shards shards;
  private final HomeWatch homes;
  private final PeerStores stores;

  PeerRouter(Shards shards, HomeWatch homes, PeerStores stores) {
    this.shards = shards;
    this.homes = homes;
    this.stores = stores;
  }

  @Override
  public void connected(PopId pop, PeerFacts facts) {
    stores.learn(pop, facts.storeId());
    shards.postToAll(new Event.PeerConnected(pop, facts.recordFormat()));
    homes.connected(pop, facts.storeId());
  }

  @Override
  public void disconnected(PopId pop) {
    shards.postToAll(new Event.PeerDisconnected(pop));
  }

  @Override
  public boolean received(PopId from, KeyHash key, PeerMessage message) {
    return shards.of(key).postMessage(new Event.MessageReceived(from, key, message));
  }

  @Override
  public void announcesDone(PopId pop, Bytes storeId) {
    homes.announcesDone(pop, storeId);
  }
}
