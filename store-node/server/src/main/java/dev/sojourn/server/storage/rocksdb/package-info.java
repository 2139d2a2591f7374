/**
 * The store on RocksDB. Start at {@link dev.sojourn.server.storage.rocksdb.RocksSessionStore}; one
 * thread writes ({@code CommitWriter}), a few read.
 */
@NullMarked
package dev.sojourn.server.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
