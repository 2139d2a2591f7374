package dev.sojourn.core.effect;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.KeyHash;
import java.util.Optional;

/**
 * One record of a commit.
 *
 * @param expectedRevision the revision that the store must hold; 0 for none. The new record has the
 *     next one
 * @param record empty to remove it
 * @param dueAtMillis when the core wants to hear of this record again, even after a restart: its
 *     expiry, its collection, or something still to be said again; {@link Long#MAX_VALUE} for
 *     never. The core answers {@code RecordDue} by writing the record anew with a later due time
 */
public record RecordWrite(
    KeyHash key, long expectedRevision, Optional<SessionRecord> record, long dueAtMillis) {}
