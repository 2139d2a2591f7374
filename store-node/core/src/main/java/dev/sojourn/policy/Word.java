package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.yaml.Span;
import java.util.stream.Collectors;

/** A word of the policy file, such as {@code eea} or {@code not CN}, and where it stands. */
public record Word(String text, Span span) {
  static String join(ImmutableList<Word> words) {
    return words.stream().map(Word::text).collect(Collectors.joining(", "));
  }
}
