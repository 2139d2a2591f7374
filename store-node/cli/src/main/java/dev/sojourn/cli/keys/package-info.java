/** Making and rotating the keys that all POPs share. */
@NullMarked
package dev.sojourn.cli.keys;

import org.jspecify.annotations.NullMarked;
