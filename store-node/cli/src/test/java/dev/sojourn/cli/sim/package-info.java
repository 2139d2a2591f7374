@NullMarked
package dev.sojourn.cli.sim;

import org.jspecify.annotations.NullMarked;
