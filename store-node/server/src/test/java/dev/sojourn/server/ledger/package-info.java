@NullMarked
package dev.sojourn.server.ledger;

import org.jspecify.annotations.NullMarked;
