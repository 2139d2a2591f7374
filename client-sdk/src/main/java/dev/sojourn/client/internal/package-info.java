/** How the SDK talks to a POP. Not for applications: it changes without notice. */
@NullMarked
package dev.sojourn.client.internal;

import org.jspecify.annotations.NullMarked;
