/**
 * The audit ledger of a POP: its lines, their chain, and the signed head; see {@code
 * docs/audit.md}. Where it rests is a matter of the store.
 *
 * <p>Start at {@link dev.sojourn.server.ledger.LedgerChain} to write one, and at {@link
 * dev.sojourn.server.ledger.LedgerFile} to check one.
 */
@NullMarked
package dev.sojourn.server.ledger;

import org.jspecify.annotations.NullMarked;
