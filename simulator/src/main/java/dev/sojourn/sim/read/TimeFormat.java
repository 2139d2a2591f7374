package dev.sojourn.sim.read;

import dev.sojourn.sim.input.CsvFile;
import dev.sojourn.sim.input.CsvRow;
import dev.sojourn.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/**
 * How a trace writes instants: {@code iso} (with an offset, or in the scenario's time zone), {@code
 * epoch-seconds}, {@code epoch-millis}, or a pattern of {@link DateTimeFormatter}.
 *
 * @param zone of times that say none
 */
record TimeFormat(String name, Optional<DateTimeFormatter> pattern, ZoneId zone) {
  private static final String REMEDY =
      "`trace: time-format:` takes iso, epoch-seconds, epoch-millis, or a pattern such as"
          + " `dd.MM.yyyy HH:mm`; `time-zone:` takes a zone such as `Europe/Berlin`";

  static TimeFormat read(YamlValue format, YamlValue zone) {
    ZoneId where =
        zone.text(
                text -> {
                  try {
                    return ZoneId.of(text);
                  } catch (DateTimeException e) {
                    throw new IllegalArgumentException(
                        "`" + text + "` is no time zone; one is `Europe/Berlin` or `UTC`", e);
                  }
                })
            .orElse(ZoneOffset.UTC);
    String name = format.text().orElse("iso");
    Optional<DateTimeFormatter> pattern = Optional.empty();
    if (!name.equals("iso") && !name.startsWith("epoch-")) {
      pattern = format.text(text -> DateTimeFormatter.ofPattern(text, Locale.ROOT));
    } else if (name.startsWith("epoch-")
        && !name.equals("epoch-seconds")
        && !name.equals("epoch-millis")) {
      format.refuse("unknown time format `" + name + "`", REMEDY);
    }
    return new TimeFormat(name, pattern, where);
  }

  /** In milliseconds since 1970. */
  Optional<Long> parse(CsvFile csv, CsvRow row, int column) {
    String text = row.values().get(column);
    try {
      return Optional.of(
          switch (name) {
            case "epoch-seconds" -> (long) (Double.parseDouble(text) * 1_000);
            case "epoch-millis" -> Long.parseLong(text);
            default -> written(text).toEpochMilli();
          });
    } catch (DateTimeException | NumberFormatException e) {
      csv.problems().add(row.span(column), "`" + text + "` is no time as `" + name + "`", REMEDY);
      return Optional.empty();
    }
  }

  private Instant written(String text) {
    DateTimeFormatter formatter =
        pattern.orElse(DateTimeFormatter.ISO_DATE_TIME).withLocale(Locale.ROOT);
    // Many write a blank where ISO 8601 wants a T.
    String iso = pattern.isPresent() ? text : text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
    TemporalAccessor read =
        formatter.parseBest(iso, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
    if (read instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    } else if (read instanceof LocalDateTime local) {
      return local.atZone(zone).toInstant();
    }
    return LocalDate.from(read).atStartOfDay(zone).toInstant();
  }
}
