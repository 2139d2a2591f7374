/** What POPs say to each other, as the core sees it. Each message stands alone. */
@NullMarked
package dev.sojourn.core.message;

import org.jspecify.annotations.NullMarked;
