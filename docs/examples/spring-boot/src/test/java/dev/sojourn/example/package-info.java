@NullMarked
package dev.sojourn.example;

import org.jspecify.annotations.NullMarked;
