/** Tests of what is stored. */
@NullMarked
package dev.sojourn.server.storage.codec;

import org.jspecify.annotations.NullMarked;
