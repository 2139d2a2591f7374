/** {@code sojourn demo --web}: a shop in the browser, on real nodes behind real distances. */
@NullMarked
package dev.sojourn.cli.demo.web;

import org.jspecify.annotations.NullMarked;
