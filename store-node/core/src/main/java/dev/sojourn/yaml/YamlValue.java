package dev.sojourn.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.yaml.YamlNode.Mapping;
import dev.sojourn.yaml.YamlNode.Scalar;
import dev.sojourn.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that is about to get a type. Each accessor gives the typed value; or nothing, if the
 * value is absent (which is no problem here) or is not of that type (which then has been reported).
 */
public final class YamlValue {
  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,40}");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d{1,40}(\\.\\d{1,40})?");
  private static final ImmutableMap<String, Boolean> BOOLEANS =
      ImmutableMap.of("true", true, "false", false);

  // What it is called in messages, such as "key `port`".
  private final String label;
  private final @Nullable YamlNode node;
  private final Span span;
  private final YamlProblems problems;

  YamlValue(String label, YamlNode node, YamlProblems problems) {
    this.label = label;
    this.node = node;
    this.span = node.span();
    this.problems = problems;
  }

  /** An absent value. */
  YamlValue(String label, Span span, YamlProblems problems) {
    this.label = label;
    this.node = null;
    this.span = span;
    this.problems = problems;
  }

  public boolean isPresent() {
    return node != null;
  }

  /** Its place, or that of what it is absent from. */
  public Span span() {
    return span;
  }

  /** Reports that this value will not do. */
  public void refuse(String message, String help) {
    problems.add(span, message, help);
  }

  /** Reports that this value is odd, though it will do. */
  public void warn(String message, String help) {
    problems.warn(span, message, help);
  }

  /**
   * Says that {@code given} is none of {@code candidates}, and which one may have been meant; or
   * else what to write.
   */
  public void refuseUnknown(
      String what, String given, Iterable<String> candidates, String otherwise) {
    problems.addUnknown(span, what, given, candidates, otherwise);
  }

  public Optional<String> text() {
    return scalar("text");
  }

  /**
   * Text that {@code parser} turns into a value.
   *
   * @param parser refuses with an {@link IllegalArgumentException} that tells a person why
   */
  public <T> Optional<T> text(Function<String, T> parser) {
    return text()
        .flatMap(
            text -> {
              try {
                return Optional.of(parser.apply(text));
              } catch (IllegalArgumentException e) {
                String reason = String.valueOf(e.getMessage());
                problems.add(span, label + ": " + reason);
                return Optional.empty();
              }
            });
  }

  /** A whole number from {@code min} to {@code max}. */
  public Optional<Long> integer(long min, long max) {
    Optional<String> text = scalar("a whole number");
    if (text.isPresent() && !INTEGER.matcher(text.get()).matches()) {
      return refused(text.get(), "is not a whole number");
    }
    BigInteger least = BigInteger.valueOf(min);
    BigInteger most = BigInteger.valueOf(max);
    return text.map(BigInteger::new)
        .flatMap(
            number ->
                number.compareTo(least) < 0 || number.compareTo(most) > 0
                    ? refused(text.get(), "is out of bounds: " + min + " to " + max)
                    : Optional.of(number.longValueExact()));
  }

  /** A number from {@code min} to {@code max}, such as {@code -12.5}. */
  public Optional<Double> decimal(double min, double max) {
    Optional<String> text = scalar("a number");
    if (text.isPresent() && !DECIMAL.matcher(text.get()).matches()) {
      return refused(text.get(), "is not a number such as `12.5`");
    }
    return text.map(BigDecimal::new)
        .map(BigDecimal::doubleValue)
        .flatMap(
            number ->
                number < min || number > max
                    ? refused(
                        text.get(),
                        String.format(Locale.ROOT, "is out of bounds: %s to %s", min, max))
                    : Optional.of(number));
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> bool() {
    return choice("value", BOOLEANS);
  }

  /** A duration from {@code minMillis} to {@code maxMillis}, in milliseconds. */
  public Optional<Long> durationMillis(long minMillis, long maxMillis) {
    return quantity(Quantity.DURATION, minMillis, maxMillis);
  }

  /** A size from {@code minBytes} to {@code maxBytes}, in bytes. */
  public Optional<Long> sizeBytes(long minBytes, long maxBytes) {
    return quantity(Quantity.SIZE, minBytes, maxBytes);
  }

  /** One of the words of {@code choices}; {@code what} says what they are, such as "region". */
  public <T> Optional<T> choice(String what, ImmutableMap<String, T> choices) {
    Optional<String> text = scalar("one of " + String.join(", ", choices.keySet()));
    Optional<T> chosen = text.map(choices::get);
    if (text.isPresent() && chosen.isEmpty()) {
      problems.addUnknown(span, what, text.get(), choices.keySet());
    }
    return chosen;
  }

  /** The items of a list; none if it is absent. */
  public ImmutableList<YamlValue> list() {
    if (node instanceof Sequence sequence) {
      return sequence.items().stream()
          .map(item -> new YamlValue(label, item, problems))
          .collect(ImmutableList.toImmutableList());
    }
    if (node != null) {
      problems.add(span, label + " wants a list", "write `- ` before each item");
    }
    return ImmutableList.of();
  }

  /** The items of a list, or the one value that stands there in its stead. */
  public ImmutableList<YamlValue> listOrOne() {
    return node instanceof Scalar ? ImmutableList.of(this) : list();
  }

  /** Whether plain text stands there, rather than a list or keys. */
  public boolean isText() {
    return node instanceof Scalar;
  }

  public Optional<YamlFields> mapping() {
    if (node instanceof Mapping mapping) {
      return Optional.of(new YamlFields(mapping, problems));
    }
    if (node != null) {
      problems.add(span, label + " must hold keys", "write `key: value` lines there");
    }
    return Optional.empty();
  }

  private Optional<String> scalar(String wanted) {
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof Scalar scalar)) {
      problems.add(span, label + " wants " + wanted);
      return Optional.empty();
    }
    if (scalar.isBlank()) {
      problems.add(span, label + " has no value", "give one, or leave the key out");
      return Optional.empty();
    }
    return Optional.of(scalar.text());
  }

  private Optional<Long> quantity(Quantity quantity, long min, long max) {
    Optional<String> text = scalar("a " + quantity.noun());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong value = quantity.parse(text.get());
    if (value.isEmpty()) {
      return refused(text.get(), "is not a " + quantity.noun() + ": " + quantity.form());
    }
    if (value.getAsLong() < min || value.getAsLong() > max) {
      String bounds = quantity.format(min) + " to " + quantity.format(max);
      return refused(text.get(), "is out of bounds: " + bounds);
    }
    return Optional.of(value.getAsLong());
  }

  private <T> Optional<T> refused(String text, String why) {
    problems.add(span, label + ": " + problems.quote(text) + " " + why);
    return Optional.empty();
  }
}
