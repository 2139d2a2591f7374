@NullMarked
package dev.sojourn.server.shell;

import org.jspecify.annotations.NullMarked;
