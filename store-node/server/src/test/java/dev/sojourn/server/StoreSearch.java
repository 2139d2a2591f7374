package dev.sojourn.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;
import org.rocksdb.TransactionLogIterator;

/**
 * All bytes of a POP's data directory: of each file as it lies there, and of each table and the log
 * once more as RocksDB reads them, so that neither compression nor the log's own blocks hide any.
 */
final class StoreSearch {
  private final StringBuilder raw = new StringBuilder();
  private final StringBuilder read = new StringBuilder();

  /**
   * @param data a node's data directory; only read
   * @param scratch for a copy of its store, which is opened
   */
  StoreSearch(Path data, Path scratch) throws IOException, RocksDBException {
    for (Path file : filesIn(data)) {
      raw.append(Files.readString(file, ISO_8859_1)).append('\n');
    }
    Path copy = Files.createTempDirectory(scratch, "store");
    for (Path file : filesIn(data.resolve("store"))) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    readTables(copy);
    readLog(copy);
  }

  /** As the files lie there. */
  boolean holdsRaw(String token) {
    return raw.indexOf(token) >= 0;
  }

  /** As RocksDB reads its tables and its log. */
  boolean holdsRead(String token) {
    return read.indexOf(token) >= 0;
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void readTables(Path copy) throws IOException, RocksDBException {
    for (Path file : filesIn(copy)) {
      if (file.toString().endsWith(".sst")) {
        try (Options options = new Options();
            SstFileReader table = new SstFileReader(options)) {
          table.open(file.toString());
          try (ReadOptions reading = new ReadOptions();
              SstFileReaderIterator rows = table.newIterator(reading)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
              add(rows.key());
              add(rows.value());
            }
            rows.status();
          }
        }
      }
    }
  }

  private void readLog(Path copy) throws RocksDBException {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (Options options = new Options()) {
      for (byte[] name : RocksDB.listColumnFamilies(options, copy.toString())) {
        families.add(new ColumnFamilyDescriptor(name));
      }
    }
    // A start would write the log into tables and remove it.
    try (DBOptions keeping = new DBOptions().setAvoidFlushDuringRecovery(true);
        RocksDB database = RocksDB.open(keeping, copy.toString(), families, handles)) {
      try (TransactionLogIterator log = database.getUpdatesSince(0)) {
        for (; log.isValid(); log.next()) {
          add(log.getBatch().writeBatch().data());
        }
        log.status();
      }
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  private void add(byte[] bytes) {
    read.append(new String(bytes, ISO_8859_1)).append('\n');
  }
}
