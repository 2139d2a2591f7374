@NullMarked
package dev.sojourn.core.link;

import org.jspecify.annotations.NullMarked;
