/** What the pure part of Sojourn must never touch. */
@NullMarked
package dev.sojourn.purity;

import org.jspecify.annotations.NullMarked;
