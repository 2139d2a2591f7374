/** A shop's cart in Spring Boot, kept in Sojourn. */
@NullMarked
package dev.sojourn.example;

import org.jspecify.annotations.NullMarked;
