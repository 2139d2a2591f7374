/** What a link between two POPs needs that is pure: its numbering and its proofs. */
@NullMarked
package dev.sojourn.core.link;

import org.jspecify.annotations.NullMarked;
