/**
 * Reads YAML 1.2 for people: every scalar stays the text that was written until someone asks for a
 * type (so that Norway's {@code NO} is a country and not a boolean), every value knows its line and
 * column, and all problems of a file are told at once, each with its place and a remedy.
 *
 * <p>Start at {@link dev.sojourn.yaml.YamlReader}. Pure: content comes in as bytes.
 */
@NullMarked
package dev.sojourn.yaml;

import org.jspecify.annotations.NullMarked;
