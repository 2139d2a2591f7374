/** What can happen at a POP: one record each, named in the past tense. */
@NullMarked
package dev.sojourn.core.event;

import org.jspecify.annotations.NullMarked;
