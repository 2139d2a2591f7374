package dev.sojourn.server;

import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.CommitLane;
import dev.sojourn.server.storage.CommitListener;
import dev.sojourn.server.storage.KeyVisitor;
import dev.sojourn.server.storage.LedgerVisitor;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreCallback;
import dev.sojourn.server.storage.StoreIdentity;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.server.storage.rocksdb.RocksSessionStore;
import dev.sojourn.server.storage.rocksdb.RocksStoreOptions;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.RandomSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A real store on a disk that fails when the test says so: no test can make a real disk fail. */
final class FaultyStore implements SessionStore {
  private final SessionStore real;
  private final StoreListener listener;
  private final Faults faults;
  private final List<CommitListener> lanes = new ArrayList<>();
  private volatile @Nullable StorageException failure;

  /** What is wrong with the disk; told by the test, also while the store is in use. */
  static final class Faults {
    private final Set<KeyHash> corrupt = ConcurrentHashMap.newKeySet();
    private final List<Runnable> heldScans = new ArrayList<>();
    private volatile boolean syncFails;
    private boolean holdsScans;
    private int purgesThatFail;
    private int purges;

    /** The next commit fails, and with it the store for good. */
    void failNextSync() {
      syncFails = true;
    }

    void corrupt(KeyHash key) {
      corrupt.add(key);
    }

    void mend(KeyHash key) {
      corrupt.remove(key);
    }

    synchronized void failNextPurges(int count) {
      purgesThatFail = count;
    }

    /** How many were begun. */
    synchronized int purges() {
      return purges;
    }

    private synchronized boolean failsPurge() {
      purges++;
      purgesThatFail--;
      return purgesThatFail >= 0;
    }

    /** Walks over the store that are asked for from here on wait. */
    synchronized void holdScans() {
      holdsScans = true;
    }

    synchronized void releaseScans() {
      holdsScans = false;
      heldScans.forEach(Runnable::run);
      heldScans.clear();
    }

    private synchronized void scan(Runnable scan) {
      if (holdsScans) {
        heldScans.add(scan);
      } else {
        scan.run();
      }
    }

    SessionStore open(RocksStoreOptions options, RandomSource random, StoreListener listener)
        throws StorageException {
      return new FaultyStore(RocksSessionStore.open(options, random, listener), listener, this);
    }
  }

  private FaultyStore(SessionStore real, StoreListener listener, Faults faults) {
    this.real = real;
    this.listener = listener;
    this.faults = faults;
  }

  @Override
  public CommitLane openLane(CommitListener commitListener) {
    synchronized (lanes) {
      lanes.add(commitListener);
    }
    CommitLane lane = real.openLane(commitListener);
    return commit -> submit(lane, commit);
  }

  private void submit(CommitLane lane, Commit commit) {
    synchronized (lanes) {
      if (failure != null) {
        return;
      }
      if (!faults.syncFails) {
        lane.submit(commit);
        return;
      }
      StorageException cause =
          new StorageException.Io("the disk refuses to sync", new IOException("no such luck"));
      failure = cause;
      lanes.forEach(each -> each.failed(cause));
      listener.failed(cause);
    }
  }

  @Override
  public void load(KeyHash key, StoreCallback<Optional<SessionRecord>> callback) {
    StorageException failed = failure;
    if (failed != null) {
      callback.failed(failed);
    } else if (faults.corrupt.contains(key)) {
      callback.failed(new StorageException.Corrupt("the record " + key + " is damaged"));
    } else {
      real.load(key, callback);
    }
  }

  @Override
  public StoreIdentity identity() {
    return real.identity();
  }

  @Override
  public long position() {
    return real.position();
  }

  @Override
  public void due(long nowMillis, int limit, StoreCallback<List<KeyHash>> callback) {
    real.due(nowMillis, limit, callback);
  }

  @Override
  public void forEach(KeyVisitor visitor, StoreCallback<Long> callback) {
    faults.scan(() -> real.forEach(visitor, callback));
  }

  @Override
  public void readLedger(LedgerVisitor visitor, StoreCallback<Long> callback) {
    real.readLedger(visitor, callback);
  }

  @Override
  public void purge(StoreCallback<Boolean> callback) {
    if (faults.failsPurge()) {
      callback.failed(new StorageException.Io("no such luck", new IOException("a bad block")));
    } else {
      real.purge(callback);
    }
  }

  @Override
  public int queueDepth() {
    return real.queueDepth();
  }

  @Override
  public long freeBytes() {
    return real.freeBytes();
  }

  @Override
  public void checkSpace() {
    real.checkSpace();
  }

  @Override
  public void close() {
    real.close();
  }
}
