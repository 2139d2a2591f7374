package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.state.Custody;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers what one event asks of the shell: at most one commit, what is said before it, and what
 * waits for it. A session written several times within a turn is written once, in its last state.
 */
final class Turn {
  final long nowMillis;

  /** The sequence number that this turn's commit has, if it makes one. */
  final long seq;

  private long doneSeq;
  private final ImmutableList.Builder<Effect> now = ImmutableList.builder();
  private final ImmutableList.Builder<Effect> after = ImmutableList.builder();
  private final Set<Slot> written = new LinkedHashSet<>();
  private final Ledger ledger;
  private boolean synced;
  private long afterSeq;

  Turn(long nowMillis, long seq, long doneSeq, Ledger ledger) {
    this.ledger = ledger;
    this.nowMillis = nowMillis;
    this.seq = seq;
    this.doneSeq = doneSeq;
  }

  /** Commits up to this one have been done since this turn began. */
  void done(long throughSeq) {
    doneSeq = Math.max(doneSeq, throughSeq);
  }

  /** For what reflects nothing that a crash could undo. */
  void now(Effect effect) {
    now.add(effect);
  }

  /** For what shows the session's value: waits until that value is durable (rule R8). */
  void whenSettled(Slot slot, Effect effect) {
    note(slot, effect);
    whenDone(Math.max(slot.valueSeq, slot.notedSeq), effect);
  }

  /** For what speaks of the session's record: waits until the record is durable as it is now. */
  void whenDurable(Slot slot, Effect effect) {
    note(slot, effect);
    whenDone(Math.max(slot.syncedSeq, slot.notedSeq), effect);
  }

  /** What the ledger is to hold of it must be durable before it is said. */
  private void note(Slot slot, Effect effect) {
    if (ledger.said(slot, effect)) {
      slot.notedSeq = seq;
    }
  }

  /** What was kept for an owner rests here no longer. */
  void noteDropped(Slot slot, Custody custody) {
    ledger.dropped(slot, custody);
  }

  /** The record must survive a crash before anything is said of it. */
  void write(Slot slot) {
    written.add(slot);
    synced = true;
    slot.syncedSeq = seq;
    slot.writtenSeq = seq;
  }

  /** As {@link #write}, and what readers see has changed with it. */
  void writeValue(Slot slot) {
    write(slot);
    slot.valueSeq = seq;
  }

  /** The record may lose this change in a crash. */
  void writeLazily(Slot slot) {
    written.add(slot);
    slot.writtenSeq = seq;
  }

  boolean wrote(Slot slot) {
    return written.contains(slot);
  }

  Set<Slot> written() {
    return written;
  }

  /** Whether there is anything to write. */
  boolean makesCommit() {
    return !written.isEmpty() || !ledger.isEmpty();
  }

  Effects finish(Obligations obligations) {
    Optional<Commit> commit = Optional.empty();
    if (makesCommit()) {
      ImmutableList.Builder<RecordWrite> writes = ImmutableList.builder();
      for (Slot slot : written) {
        slot.before.ifPresent(before -> ledger.wrote(slot, before));
        writes.add(slot.takeWrite(obligations.dueAtMillis(slot)));
      }
      boolean isSynced = synced || !ledger.isEmpty();
      commit = Optional.of(new Commit(seq, isSynced, writes.build(), ledger.entries()));
    }
    return new Effects(now.build(), commit, after.build(), afterSeq);
  }

  private void whenDone(long waitFor, Effect effect) {
    if (waitFor <= doneSeq) {
      now.add(effect);
    } else {
      after.add(effect);
      afterSeq = Math.max(afterSeq, waitFor);
    }
  }
}
