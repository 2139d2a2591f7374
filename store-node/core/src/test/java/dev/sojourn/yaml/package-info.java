/** Tests of reading YAML. */
@NullMarked
package dev.sojourn.yaml;

import org.jspecify.annotations.NullMarked;
