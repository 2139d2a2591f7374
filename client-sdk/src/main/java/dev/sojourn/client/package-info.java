/**
 * What an edge function calls: sessions that follow their user between POPs.
 *
 * <p>Start at {@link dev.sojourn.client.SojournClient}. Nothing here shows a type of gRPC, protobuf
 * or any other library.
 */
@NullMarked
package dev.sojourn.client;

import org.jspecify.annotations.NullMarked;
