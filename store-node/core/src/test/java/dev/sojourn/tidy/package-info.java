/** What we ask of every file of the repository and what no other tool of the build looks for. */
@NullMarked
package dev.sojourn.tidy;

import org.jspecify.annotations.NullMarked;
