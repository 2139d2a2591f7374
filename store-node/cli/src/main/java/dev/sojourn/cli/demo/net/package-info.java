/** A wide-area network in user space: relays between POPs on one machine. */
@NullMarked
package dev.sojourn.cli.demo.net;

import org.jspecify.annotations.NullMarked;
