/** Tests of the configuration. */
@NullMarked
package dev.sojourn.server.config;

import org.jspecify.annotations.NullMarked;
