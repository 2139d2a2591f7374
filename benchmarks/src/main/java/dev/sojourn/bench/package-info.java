/** Measurements against bare gRPC: ratios within one run, never absolute times. */
@NullMarked
package dev.sojourn.bench;

import org.jspecify.annotations.NullMarked;
