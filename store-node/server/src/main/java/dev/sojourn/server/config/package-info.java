/**
 * What an operator writes: {@code node.yaml}, {@code topology.yaml} and {@code keys.yaml}. Every
 * key is told in docs/configuration.md. Start at {@link dev.sojourn.server.config.ConfigLoader}.
 */
@NullMarked
package dev.sojourn.server.config;

import org.jspecify.annotations.NullMarked;
