@NullMarked
package dev.sojourn.server;

import org.jspecify.annotations.NullMarked;
