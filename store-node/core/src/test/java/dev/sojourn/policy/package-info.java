/** Tests of what a policy says, and that its tables say the same. */
@NullMarked
package dev.sojourn.policy;

import org.jspecify.annotations.NullMarked;
