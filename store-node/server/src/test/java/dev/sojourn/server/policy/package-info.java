@NullMarked
package dev.sojourn.server.policy;

import org.jspecify.annotations.NullMarked;
