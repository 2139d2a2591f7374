package dev.sojourn.core.effect;

import com.google.common.collect.ImmutableList;

/**
 * One atomic write. Commits of a shard are applied in the order of their sequence numbers.
 *
 * @param seq grows by one with each commit of the shard
 * @param synced whether it must survive a crash before {@code Committed} may name it. A lazy one
 *     may be lost by a crash, but never without all later ones
 * @param entries what the POP's ledger is to hold of what is written, and of what is said only once
 *     it is; then the commit is synced, and there may be no writes
 */
public record Commit(
    long seq,
    boolean synced,
    ImmutableList<RecordWrite> writes,
    ImmutableList<LedgerEntry> entries) {

  /** One of which the ledger holds nothing. */
  public Commit(long seq, boolean synced, ImmutableList<RecordWrite> writes) {
    this(seq, synced, writes, ImmutableList.of());
  }
}
