/** What the demo found: as a table for a person, and as JSON for a program. */
@NullMarked
package dev.sojourn.cli.demo.report;

import org.jspecify.annotations.NullMarked;
