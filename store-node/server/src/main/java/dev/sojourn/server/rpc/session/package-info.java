/**
 * The service that applications call: checks and translates requests, and gives the answers back in
 * batches.
 */
@NullMarked
package dev.sojourn.server.rpc.session;

import org.jspecify.annotations.NullMarked;
