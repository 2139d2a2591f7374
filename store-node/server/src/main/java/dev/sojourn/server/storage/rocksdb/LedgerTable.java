package dev.sojourn.server.storage.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.Longs;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.server.ledger.LedgerChain;
import dev.sojourn.server.ledger.LedgerHead;
import dev.sojourn.server.storage.LedgerVisitor;
import dev.sojourn.server.storage.StorageException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The POP's audit ledger: lines by number, and among the {@link StoreMeta} the signed head, which
 * is written in the same batch as the lines before it. Written by the writer's thread alone, read
 * by any.
 */
final class LedgerTable {
  private static final byte[] HEAD = "ledger-head".getBytes(UTF_8);

  private final Database database;
  private final @Nullable LedgerChain chain;
  private boolean isUnsigned;

  private LedgerTable(Database database, @Nullable LedgerChain chain) {
    this.database = database;
    this.chain = chain;
  }

  /** Goes on where the ledger ended. */
  static LedgerTable open(RocksStoreOptions options, Database database) throws StorageException {
    try {
      Optional<LedgerHead> last = head(database);
      LedgerChain chain =
          options.ledger().map(signer -> new LedgerChain(signer, last)).orElse(null);
      return new LedgerTable(database, chain);
    } catch (RocksDBException e) {
      throw new RocksErrors(options.directory()).opening(e);
    }
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
  void sign(WriteBatch batch) throws RocksDBException {
    if (chain != null && isUnsigned) {
      batch.put(database.meta(), HEAD, chain.head().asLine().getBytes(UTF_8));
      isUnsigned = false;
    }
  }

  /**
   * Shows the lines up to the head that there is now, and then that.
   *
   * @return how many lines were shown
   */
  long readAll(LedgerVisitor visitor, BooleanSupplier isClosing)
      throws StorageException, RocksDBException {
    Optional<LedgerHead> head = head(database);
    if (head.isEmpty()) {
      return 0;
    }
    long shown = 0;
    try (ReadOptions reading = new ReadOptions().setVerifyChecksums(true).setFillCache(false);
        RocksIterator lines = database.iterate(database.ledger(), reading)) {
      for (lines.seekToFirst(); lines.isValid() && shown < head.get().seq(); lines.next()) {
        if (isClosing.getAsBoolean()) {
          throw new StorageException.Closed();
        }
        shown++;
        if (!visitor.visit(new String(lines.value(), UTF_8))) {
          return shown;
        }
      }
      lines.status();
    }
    visitor.visit(head.get().asLine());
    return shown + 1;
  }

  private static Optional<LedgerHead> head(Database database)
      throws StorageException, RocksDBException {
    byte[] line = database.get(database.meta(), HEAD);
    if (line == null) {
      return Optional.empty();
    }
    Optional<LedgerHead> head = LedgerHead.parse(new String(line, UTF_8));
    if (head.isEmpty()) {
      throw new StorageException.Corrupt(
          "the head of the audit ledger is damaged: restore the store from a backup");
    }
    return head;
  }
}
