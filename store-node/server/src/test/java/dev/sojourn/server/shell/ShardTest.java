package dev.sojourn.server.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.CoreSettings;
import dev.sojourn.core.Life;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.SessionProtocol;
import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.server.storage.rocksdb.RocksSessionStore;
import dev.sojourn.server.storage.rocksdb.RocksStoreOptions;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
  private static final PopId BOS = new PopId("bos");
  private static final PopId FRA = new PopId("fra");
  private static final PopId GRU = new PopId("gru");
  private static final PopId NRT = new PopId("nrt");
  private static final KeyHash KEY = new KeyHash(Bytes.wrap(new byte[KeyHash.LENGTH]));

  private final List<PopId> sentTo = new CopyOnWriteArrayList<>();
  private final AtomicBoolean queueFull = new AtomicBoolean();
  private ShardLoops loops;
  private RocksSessionStore store;
  private Shard shard;

  @BeforeEach
  void startOneShard(@TempDir Path directory) throws StorageException {
    loops = new ShardLoops("bos", 1);
    SecureRandomSource random = new SecureRandomSource();
    store =
        RocksSessionStore.open(
            RocksStoreOptions.in(directory).withBlockCacheBytes(1 << 20),
            random,
            StoreListener.NONE);
    CoreSettings settings =
        new CoreSettings(
            BOS, ImmutableMap.of(), 60_000, 1_000, 60_000, Life.FIRST, Optional.empty(), 1_000);
    shard =
        new Shard(
            loops.loop(0),
            BOS,
            new SessionProtocol(settings, random),
            store,
            (to, key, message) -> {
              sentTo.add(to);
              return !queueFull.get();
            },
            new NodeClock(),
            new Silent());
  }

  @AfterEach
  void stop() {
    store.close();
    loops.close();
  }

  @Test
  void shouldKnowAPeerAsConnectedAfterOneMessageToItWasDropped() {
    shard.post(new Event.PeerConnected(FRA, RecordFormat.CURRENT));
    queueFull.set(true);
    relay();
    queueFull.set(false);
    relay();

    // A POP that were taken for disconnected would be answered by way of the one before it.
    assertThat(sentTo).containsExactly(FRA, FRA);
  }

  @Test
  void shouldKnowAPeerAsDisconnectedWhenItsStreamHasEnded() {
    shard.post(new Event.PeerConnected(FRA, RecordFormat.CURRENT));
    shard.post(new Event.PeerDisconnected(FRA));
    queueFull.set(true);
    relay();
    queueFull.set(false);
    relay();

    assertThat(sentTo).containsExactly(GRU, GRU);
  }

  /** An answer for FRA that came this way, and goes to it directly if its stream is up. */
  private void relay() {
    PeerMessage answer =
        new PeerMessage.Unknown(
            new Nonce(Bytes.wrap(new byte[Nonce.LENGTH])), FRA, ImmutableList.of(GRU));
    shard.postMessage(new Event.MessageReceived(NRT, KEY, answer));
    shard.snapshot().join();
    shard.snapshot().join();
  }

  private static final class Silent implements ShardObserver {
    @Override
    public void counted(Step step) {}

    @Override
    public void alarm(AlarmKind kind, KeyHash key) {}

    @Override
    public void messageDropped() {}

    @Override
    public void unreadable(KeyHash key, StorageException cause) {}

    @Override
    public void failed(Throwable cause) {}
  }
}
