package dev.sojourn.core.effect;

import com.google.common.collect.ImmutableList;

/**
 * One atomic write. Commits of a shard are applied in the order of their sequence numbers.
 *
 * @param seq grows by one with each commit of the shard
 * @param synced whether it must survive a crash before {@code Committed} may name it. A lazy one
 *     may be lost by a crash, but never without all later ones
 */
public record Commit(long seq, boolean synced, ImmutableList<RecordWrite> writes) {}
