@NullMarked
package dev.sojourn.cli.policy;

import org.jspecify.annotations.NullMarked;
