/**
 * The demo's data: real sites, measured round trips and real journeys, with credits beside them.
 */
@NullMarked
package dev.sojourn.cli.demo.data;

import org.jspecify.annotations.NullMarked;
