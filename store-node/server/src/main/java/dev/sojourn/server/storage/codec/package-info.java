/**
 * Core values as protobuf messages of {@code record.proto}, and back. Used for what is stored and
 * for the payload that travels between POPs.
 */
@NullMarked
package dev.sojourn.server.storage.codec;

import org.jspecify.annotations.NullMarked;
