package dev.sojourn.policy.read;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.FieldPattern;
import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The section {@code classes}. */
final class ClassReader {
  static final int CLASSES_MAX = 60;
  static final int PATTERNS_MAX = 400;

  /** In place of patterns: the application alone says which fields belong. */
  static final String LABELLED = "labelled";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private final YamlValue section;
  private final List<DataClass> classes = new ArrayList<>();
  private int patternCount;

  ClassReader(YamlValue section) {
    this.section = section;
  }

  /** In the file's order, {@code default} last. */
  ImmutableList<DataClass> read() {
    ImmutableList<YamlFields.Named> entries =
        section.mapping().map(YamlFields::entries).orElseGet(ImmutableList::of);
    if (entries.size() > CLASSES_MAX) {
      section.refuse(
          "more than " + CLASSES_MAX + " classes", "join classes that share their rules");
      return ImmutableList.of();
    }
    Optional<DataClass> rest = Optional.empty();
    for (YamlFields.Named entry : entries) {
      Optional<String> name = entry.key().text(ClassReader::name);
      Optional<YamlFields> fields = entry.value().mapping();
      if (name.isPresent() && name.get().equals(DataClass.DEFAULT)) {
        rest = fields.map(content -> rest(entry.key(), content));
      } else if (name.isPresent() && fields.isPresent()) {
        classes.add(declared(name.get(), entry.key(), fields.get()));
      }
    }
    int last = classes.size();
    classes.add(
        rest.map(read -> at(read, last))
            .orElseGet(
                () ->
                    new DataClass(DataClass.DEFAULT, last, false, ImmutableList.of(), Span.START)));
    return ImmutableList.copyOf(classes);
  }

  private static DataClass at(DataClass read, int position) {
    return new DataClass(read.name(), position, read.sensitive(), read.patterns(), read.span());
  }

  private static DataClass rest(YamlValue key, YamlFields fields) {
    boolean sensitive = fields.get("sensitive").bool().orElse(false);
    YamlValue patterns = fields.get("fields");
    if (patterns.isPresent()) {
      patterns.refuse(
          "class `default` is what no other class claims, and takes no fields",
          "name another class for them");
    }
    fields.finish();
    return new DataClass(DataClass.DEFAULT, 0, sensitive, ImmutableList.of(), key.span());
  }

  private DataClass declared(String name, YamlValue key, YamlFields fields) {
    boolean sensitive = fields.get("sensitive").bool().orElse(false);
    ImmutableList<FieldPattern> patterns = patterns(name, key, fields.get("fields"));
    fields.finish();
    return new DataClass(name, classes.size(), sensitive, patterns, key.span());
  }

  private ImmutableList<FieldPattern> patterns(String name, YamlValue key, YamlValue value) {
    if (value.isText() && value.text().equals(Optional.of(LABELLED))) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<FieldPattern> patterns = ImmutableList.builder();
    ImmutableList<YamlValue> items = value.isPresent() ? value.listOrOne() : ImmutableList.of();
    for (YamlValue item : items) {
      if (++patternCount > PATTERNS_MAX) {
        item.refuse("more than " + PATTERNS_MAX + " patterns", "join them with a `*`");
        break;
      }
      item.text(text -> pattern(text, item.span())).ifPresent(patterns::add);
    }
    if (items.isEmpty()) {
      (value.isPresent() ? value : key)
          .warn(
              "class `" + name + "` has no fields",
              "list names under `fields`, or write `fields: labelled` if the application labels"
                  + " its fields with it");
    }
    return patterns.build();
  }

  private static FieldPattern pattern(String text, Span span) {
    if (text.isBlank() || text.length() > FieldPattern.LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a pattern has 1 to " + FieldPattern.LENGTH_MAX + " characters");
    }
    return new FieldPattern(text, span);
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is not a class: 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
    }
    return text;
  }
}
