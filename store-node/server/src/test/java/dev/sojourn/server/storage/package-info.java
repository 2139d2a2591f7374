/** What the tests of the store share. */
@NullMarked
package dev.sojourn.server.storage;

import org.jspecify.annotations.NullMarked;
