/** {@code sojourn sim}: the protocol in many small worlds that fail on purpose. */
@NullMarked
package dev.sojourn.cli.sim;

import org.jspecify.annotations.NullMarked;
