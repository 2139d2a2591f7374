/** Tests of reading policy files, good and bad. */
@NullMarked
package dev.sojourn.policy.read;

import org.jspecify.annotations.NullMarked;
