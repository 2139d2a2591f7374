/** {@code sojourn policy}: what a residency policy says, tested and shown before it is in force. */
@NullMarked
package dev.sojourn.cli.policy;

import org.jspecify.annotations.NullMarked;
