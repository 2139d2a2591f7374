package dev.sojourn.core.effect;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.RuleId;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Locale;

/**
 * One act of this POP with data that its residency policy speaks of; see {@code docs/audit.md}. It
 * names no session but by its keyed hash, and no data but by its class.
 *
 * @param from whence the data came
 * @param to where they went, were seen, or might not be
 * @param classes what the act is about, by name, sorted
 * @param rules those that decided for them; none where no rule speaks
 * @param policy its version
 */
public record LedgerEntry(
    long atMillis,
    Act act,
    KeyHash session,
    PopId from,
    PopId to,
    ImmutableList<String> classes,
    ImmutableList<RuleId> rules,
    String policy) {

  /** What was done. */
  public enum Act {
    /** A session was made: it rests here. */
    CREATED,
    /** A session was taken in: it rests here too. */
    TAKEN,
    /** A session was given away. */
    MOVED,
    /** A request of another POP was answered, and the session kept. */
    SERVED,
    /** Fields were left out of an answer. */
    REDACTED,
    /** A request was refused. */
    REFUSED,
    /** A session that may not or cannot rest here was handed back; it never did. */
    DECLINED,
    /** The payload rests here no longer. */
    ERASED,
    /** Data of these classes have come to rest here in a part that is kept for another POP. */
    KEPT,
    /** That part is kept no longer: nobody needs it, or the session has come home to it. */
    DROPPED;

    /** As the ledger writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same act at another time. */
  public LedgerEntry at(long otherMillis) {
    return new LedgerEntry(otherMillis, act, session, from, to, classes, rules, policy);
  }
}
