@NullMarked
package dev.sojourn.cli.demo.web;

import org.jspecify.annotations.NullMarked;
