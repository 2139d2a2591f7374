package dev.sojourn.server.ledger;

import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Numbers and chains the entries of one POP. For one thread, the store's writer. */
public final class LedgerChain {
  private final Signer signer;
  private long seq;
  private String hash;
  private long atMillis;

  /** Who signs: a POP with its key. */
  public record Signer(PopId pop, LedgerKey key) {
    /** The head of a ledger that ends with {@code last}. */
    public LedgerHead sign(LedgerLine last) {
      return LedgerHead.signed(key, pop.name(), last.seq(), last.hash(), last.at().toEpochMilli());
    }
  }

  /**
   * @param last the ledger's last line; empty for a new one
   */
  public LedgerChain(Signer signer, Optional<LedgerLine> last) {
    this.signer = signer;
    this.seq = last.map(LedgerLine::seq).orElse(0L);
    this.hash = last.map(LedgerLine::hash).orElse(LedgerLine.NO_HASH);
    this.atMillis = last.map(line -> line.at().toEpochMilli()).orElse(0L);
  }

  /** The line of the next entry. */
  public String append(LedgerEntry entry) {
    String line = LedgerLine.write(++seq, signer.pop().name(), entry, hash);
    hash = LedgerLine.hashOf(line);
    atMillis = entry.atMillis();
    return line;
  }

  /** The number of the last line. */
  public long seq() {
    return seq;
  }

  /** The end as it is now, at the time of the last entry. */
  public LedgerHead head() {
    return LedgerHead.signed(signer.key(), signer.pop().name(), seq, hash, atMillis);
  }
}
