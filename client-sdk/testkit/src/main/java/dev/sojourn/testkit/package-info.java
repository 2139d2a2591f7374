/** POPs for an application's own unit tests: {@link dev.sojourn.testkit.SojournTestKit}. */
@NullMarked
package dev.sojourn.testkit;

import org.jspecify.annotations.NullMarked;
