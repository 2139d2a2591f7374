package dev.sojourn.server.storage.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.Longs;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.server.ledger.LedgerChain;
import dev.sojourn.server.ledger.LedgerHead;
import dev.sojourn.server.ledger.LedgerLine;
import dev.sojourn.server.storage.LedgerVisitor;
import dev.sojourn.server.storage.StorageException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The POP's audit ledger: lines by number, and among the {@link StoreMeta} a signed head. A
 * signature takes as long as a sync: the writer makes one at most every second, for what somebody
 * may do to the files of a node that does not run; an export gets one of its own. Written by the
 * writer's thread alone, read by any.
 */
final class LedgerTable {
  private static final byte[] HEAD = "ledger-head".getBytes(UTF_8);
  private static final long SIGN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Database database;
  private final Optional<LedgerChain.Signer> signer;
  private final @Nullable LedgerChain chain;
  private boolean isUnsigned;
  private long signedNanos = System.nanoTime() - SIGN_NANOS;

  private LedgerTable(
      Database database, Optional<LedgerChain.Signer> signer, Optional<LedgerLine> last) {
    this.database = database;
    this.signer = signer;
    this.chain = signer.map(each -> new LedgerChain(each, last)).orElse(null);
  }

  /**
   * Goes on where the ledger ended.
   *
   * @throws StorageException.Corrupt if it is not as it was when it was signed last
   */
  static LedgerTable open(RocksStoreOptions options, Database database) throws StorageException {
    try {
      Optional<LedgerLine> last = Optional.empty();
      try (ReadOptions reading = new ReadOptions().setVerifyChecksums(true);
          RocksIterator lines = database.iterate(database.ledger(), reading)) {
        lines.seekToLast();
        lines.status();
        if (lines.isValid()) {
          last = Optional.of(whole(lines.value()));
        }
      }
      requireSigned(database);
      return new LedgerTable(database, options.ledger(), last);
    } catch (RocksDBException e) {
      throw new RocksErrors(options.directory()).opening(e);
    }
  }

  private static void requireSigned(Database database) throws StorageException, RocksDBException {
    byte[] signed = database.get(database.meta(), HEAD);
    if (signed == null) {
      return;
    }
    LedgerHead head = LedgerHead.parse(new String(signed, UTF_8)).orElseThrow(LedgerTable::changed);
    byte[] line = database.get(database.ledger(), Longs.toByteArray(head.seq()));
    if (line == null || !head.isGenuine() || !whole(line).hash().equals(head.hash())) {
      throw changed();
    }
  }

  private static LedgerLine whole(byte[] line) throws StorageException {
    return LedgerLine.parseWhole(new String(line, UTF_8)).orElseThrow(LedgerTable::changed);
  }

  private static StorageException changed() {
    return new StorageException.Corrupt(
        "the audit ledger is not as this node has signed it: restore the store from a backup, and"
            + " ask who changed it");
  }

  void append(LedgerEntry entry, WriteBatch batch) throws RocksDBException {
    if (chain == null) {
      throw new IllegalStateException("this store was opened without a signer of its ledger");
    }
    String line = chain.append(entry);
    batch.put(database.ledger(), Longs.toByteArray(chain.seq()), line.getBytes(UTF_8));
    isUnsigned = true;
  }

  /** To be called before a batch is written. */
  void signNowAndThen(WriteBatch batch) throws RocksDBException {
    if (System.nanoTime() - signedNanos >= SIGN_NANOS) {
      sign(batch);
    }
  }

  /** Signs what is not signed yet; to be called last, when the writer has ended. */
  void sign(WriteBatch batch) throws RocksDBException {
    if (chain != null && isUnsigned) {
      batch.put(database.meta(), HEAD, chain.head().asLine().getBytes(UTF_8));
      isUnsigned = false;
      signedNanos = System.nanoTime();
    }
  }

  /**
   * Shows the lines that there are now, and a signed head of the last one.
   *
   * @return how many lines were shown
   */
  long readAll(LedgerVisitor visitor, BooleanSupplier isClosing)
      throws StorageException, RocksDBException {
    long shown = 0;
    byte @Nullable [] last = null;
    try (ReadOptions reading = new ReadOptions().setVerifyChecksums(true).setFillCache(false);
        RocksIterator lines = database.iterate(database.ledger(), reading)) {
      for (lines.seekToFirst(); lines.isValid(); lines.next()) {
        if (isClosing.getAsBoolean()) {
          throw new StorageException.Closed();
        }
        shown++;
        last = lines.value();
        if (!visitor.visit(new String(last, UTF_8))) {
          return shown;
        }
      }
      lines.status();
    }
    if (last == null || signer.isEmpty()) {
      return shown;
    }
    visitor.visit(signer.get().sign(whole(last)).asLine());
    return shown + 1;
  }
}
