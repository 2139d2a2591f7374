/** What an operator sees of a node, and how a node ends: status, metrics, exit codes. */
@NullMarked
package dev.sojourn.server.ops;

import org.jspecify.annotations.NullMarked;
