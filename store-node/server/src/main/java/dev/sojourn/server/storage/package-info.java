/**
 * Where records rest: the port in prose ({@link dev.sojourn.server.storage.SessionStore}), its
 * errors, and what it tells those who watch it. RocksDB stands behind it in {@code rocksdb}.
 */
@NullMarked
package dev.sojourn.server.storage;

import org.jspecify.annotations.NullMarked;
