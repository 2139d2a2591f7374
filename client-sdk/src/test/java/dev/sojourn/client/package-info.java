@NullMarked
package dev.sojourn.client;

import org.jspecify.annotations.NullMarked;
