@NullMarked
package dev.sojourn.cli.audit;

import org.jspecify.annotations.NullMarked;
