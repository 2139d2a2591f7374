/** {@code sojourn audit}: checks exported ledgers, and follows a session through them. */
@NullMarked
package dev.sojourn.cli.audit;

import org.jspecify.annotations.NullMarked;
