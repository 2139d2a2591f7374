@NullMarked
package dev.sojourn.testkit;

import org.jspecify.annotations.NullMarked;
