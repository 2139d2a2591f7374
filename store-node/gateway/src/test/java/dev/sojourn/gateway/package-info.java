@NullMarked
package dev.sojourn.gateway;

import org.jspecify.annotations.NullMarked;
