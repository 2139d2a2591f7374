package dev.sojourn.server.config;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.core.NamespaceSettings.Durability;
import dev.sojourn.core.NamespaceSettings.Limits;
import dev.sojourn.core.NamespaceSettings.OnMissing;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.move.QuietOrCoin;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** From the keys of one item of {@code namespaces} to its settings. */
final class NamespaceReader {
  private static final long SECOND = 1_000;
  private static final long DAY = 86_400_000;
  private static final long IDLE_MILLIS_MAX = 400 * DAY;
  private static final long ABSOLUTE_MILLIS_MAX = 3_650 * DAY;
  private static final long RETRY_MILLIS_MAX = 3_600 * SECOND;
  private static final double MOVE_COST_MAX = 1_000;
  private static final int WINDOW_ENTRIES_MAX = 65_536;
  private static final int FIELD_BYTES_MAX = 4 << 20;
  private static final int SESSION_BYTES_MAX = 8 << 20;

  private static final ImmutableMap<String, DoubleFunction<MoveStrategy>> MOVES =
      ImmutableMap.of(
          "auto", cost -> QuietOrCoin.standard().withMoveCost(cost),
          "coin", cost -> QuietOrCoin.standard().withMoveCost(cost).coinOnly(),
          "always", cost -> MoveStrategy.always(),
          "never", cost -> MoveStrategy.never());

  private static final ImmutableMap<String, Durability> DURABILITIES =
      ImmutableMap.of("strict", Durability.STRICT, "async", Durability.ASYNC);
  private static final ImmutableMap<String, OnMissing> ON_MISSING =
      ImmutableMap.of("fail", OnMissing.FAIL, "go-on", OnMissing.GO_ON);

  private final YamlFields fields;
  private final NamespaceSettings defaults = NamespaceSettings.defaults();

  NamespaceReader(YamlFields fields) {
    this.fields = fields;
  }

  NamespaceSettings read() {
    Lifetime idle =
        lifetime("idle", defaults.idleMillisDefault(), defaults.idleMillisMax(), IDLE_MILLIS_MAX);
    Lifetime absolute =
        lifetime(
            "absolute",
            defaults.absoluteMillisDefault(),
            defaults.absoluteMillisMax(),
            ABSOLUTE_MILLIS_MAX);
    long retryMillis =
        fields.get("retry").durationMillis(SECOND, RETRY_MILLIS_MAX).orElse(defaults.retryMillis());
    int windowEntries = integer(fields, "window", WINDOW_ENTRIES_MAX, defaults.windowEntriesMax());
    Limits limits = fields.get("limits").mapping().map(this::limits).orElse(defaults.limits());
    Durability durability =
        fields.get("durability").choice("durability", DURABILITIES).orElse(defaults.durability());
    return new NamespaceSettings(
        idle.normalMillis(),
        idle.maxMillis(),
        absolute.normalMillis(),
        absolute.maxMillis(),
        retryMillis,
        windowEntries,
        limits,
        move(),
        durability,
        onMissing(durability));
  }

  private OnMissing onMissing(Durability durability) {
    YamlValue value = fields.get("on-missing");
    Optional<OnMissing> chosen = value.choice("way to deal with missing versions", ON_MISSING);
    if (chosen.isPresent() && durability == Durability.STRICT) {
      value.refuse(
          "nothing is ever missing in a `strict` namespace",
          "take it out, or say `durability: async`");
    }
    return chosen.orElse(defaults.onMissing());
  }

  private record Lifetime(long normalMillis, long maxMillis) {}

  /** Where only one of the two is given, the other keeps out of its way. */
  private Lifetime lifetime(String key, long normalMillis, long maxMillis, long bound) {
    Optional<YamlFields> found = fields.get(key).mapping();
    if (found.isEmpty()) {
      return new Lifetime(normalMillis, maxMillis);
    }
    YamlValue normalValue = found.get().get("default");
    Optional<Long> normal = normalValue.durationMillis(SECOND, bound);
    Optional<Long> max = found.get().get("max").durationMillis(SECOND, bound);
    found.get().finish();
    if (normal.isPresent() && max.isPresent() && normal.get() > max.get()) {
      normalValue.refuse("the default is longer than `max`", "raise `max` or lower the default");
    }
    long longest = max.orElse(Math.max(maxMillis, normal.orElse(maxMillis)));
    return new Lifetime(normal.orElse(Math.min(normalMillis, longest)), longest);
  }

  private MoveStrategy move() {
    double cost =
        fields.get("move-cost").decimal(0, MOVE_COST_MAX).orElse(QuietOrCoin.standard().moveCost());
    return fields
        .get("move")
        .choice("way to move", MOVES)
        .<MoveStrategy>map(strategy -> strategy.apply(cost))
        .orElseGet(() -> QuietOrCoin.standard().withMoveCost(cost));
  }

  private Limits limits(YamlFields found) {
    Limits usual = defaults.limits();
    YamlValue fieldValue = found.get("field");
    int fieldBytes = size(fieldValue, FIELD_BYTES_MAX, usual.fieldBytesMax());
    int sessionBytes = size(found.get("session"), SESSION_BYTES_MAX, usual.sessionBytesMax());
    if (fieldBytes > sessionBytes) {
      fieldValue.refuse(
          "a field may be larger than its session", "raise `session` or lower `field`");
    }
    Limits limits =
        new Limits(
            integer(found, "operations", 1_024, usual.operationsMax()),
            integer(found, "fields", 4_096, usual.fieldsMax()),
            size(found.get("field-name"), 1 << 10, usual.fieldNameBytesMax()),
            fieldBytes,
            sessionBytes);
    found.finish();
    return limits;
  }

  private static int integer(YamlFields from, String key, int max, int normal) {
    return from.get(key).integer(1, max).map(Long::intValue).orElse(normal);
  }

  private static int size(YamlValue value, int max, int normal) {
    return value.sizeBytes(1, max).map(Long::intValue).orElse(normal);
  }
}
