/** What a client asks of one session, and what it is answered. */
@NullMarked
package dev.sojourn.core.request;

import org.jspecify.annotations.NullMarked;
