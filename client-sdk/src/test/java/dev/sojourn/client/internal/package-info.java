@NullMarked
package dev.sojourn.client.internal;

import org.jspecify.annotations.NullMarked;
