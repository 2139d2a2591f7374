package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.Span;

/**
 * A group of places that a policy file defines.
 *
 * @param words as the file writes them
 * @param places what they come to; never {@code home}
 * @param span of its name
 */
public record Group(String name, ImmutableList<Word> words, PlaceSet places, Span span) {}
