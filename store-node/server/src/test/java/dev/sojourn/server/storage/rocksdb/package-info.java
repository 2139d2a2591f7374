/** Tests of the store on real disks and with real processes. */
@NullMarked
package dev.sojourn.server.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
