package dev.sojourn.sim.read;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.policy.Countries;
import dev.sojourn.sim.input.CsvFile;
import dev.sojourn.sim.input.CsvRow;
import dev.sojourn.sim.mobility.Replay;
import dev.sojourn.sim.place.Site;
import dev.sojourn.sim.place.Sites;
import dev.sojourn.value.Country;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads who was where when out of a CSV file of the user's own making. */
final class TraceReader {
  private static final ImmutableMap<String, Boolean> GAPS =
      ImmutableMap.of("refuse", false, "skip", true);

  private final Sources sources;
  private final Problems problems;
  private final Sites sites;

  TraceReader(Sources sources, Problems problems, Sites sites) {
    this.sources = sources;
    this.problems = problems;
    this.sites = sites;
  }

  /** Which columns say what. A row says the place by coordinates, or by the POP itself. */
  private record Columns(int user, int time, int lat, int lon, int pop, int residency) {}

  /**
   * Empty if something is wrong, which has been reported.
   *
   * @throws MissingDataException if there is no such file and the scenario says that it may be so
   */
  Optional<Replay> read(YamlFields trace) throws MissingDataException {
    YamlValue file = trace.require("file");
    boolean mayBeAbsent = trace.get("skip-if-absent").bool().orElse(false);
    boolean skipsGaps = trace.get("gaps").choice("value", GAPS).orElse(false);
    TimeFormat times = TimeFormat.read(trace.get("time-format"), trace.get("time-zone"));
    Optional<YamlFields> names = trace.get("columns").mapping();
    trace.finish();
    Optional<String> name = file.text();
    Optional<CsvFile> found = name.flatMap(sources::find);
    if (name.isPresent() && found.isEmpty()) {
      if (mayBeAbsent) {
        throw new MissingDataException(name.get());
      }
      file.refuse(
          "there is no file `" + name.get() + "`", "paths begin at the scenario's own folder");
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    CsvFile csv = found.get();
    problems.watch(csv.problems());
    Optional<Columns> columns = csv.header().flatMap(header -> columns(csv, header, names));
    if (columns.isEmpty() || !problems.isEmpty()) {
      return Optional.empty();
    }
    Replay.Builder replay = new Replay.Builder();
    csv.rows(row -> read(csv, row, columns.get(), times, skipsGaps, replay));
    if (replay.isEmpty() && csv.problems().isEmpty()) {
      csv.problems()
          .add(dev.sojourn.yaml.Span.START, "no row says who was where", "give at least one");
    }
    return csv.problems().isEmpty() ? Optional.of(replay.build()) : Optional.empty();
  }

  private Optional<Columns> columns(CsvFile csv, CsvRow header, Optional<YamlFields> names) {
    boolean byPop = names.map(each -> each.get("pop").isPresent()).orElse(false);
    int user = column(csv, header, names, "user");
    int time = column(csv, header, names, "time");
    int pop = byPop ? column(csv, header, names, "pop") : -1;
    int lat = byPop ? -1 : column(csv, header, names, "lat");
    int lon = byPop ? -1 : column(csv, header, names, "lon");
    boolean saysResidency = names.map(each -> each.get("residency").isPresent()).orElse(false);
    int residency = saysResidency ? column(csv, header, names, "residency") : -1;
    names.ifPresent(YamlFields::finish);
    return csv.problems().isEmpty() && problems.own().isEmpty()
        ? Optional.of(new Columns(user, time, lat, lon, pop, residency))
        : Optional.empty();
  }

  /** What the scenario calls that column; a name of its own unless it says otherwise. */
  private int column(CsvFile csv, CsvRow header, Optional<YamlFields> names, String meaning) {
    Optional<YamlValue> given = names.map(each -> each.get(meaning));
    Optional<String> name = given.flatMap(YamlValue::text);
    int found = header.values().indexOf(name.orElse(meaning));
    if (found >= 0) {
      return found;
    }
    if (name.isPresent() && given.isPresent()) {
      problems.own().addUnknown(given.get().span(), "column", name.get(), header.values());
      return -1;
    }
    return csv.column(
        header,
        meaning,
        "say in the scenario which one it is: `trace: columns: {" + meaning + ": NAME}`");
  }

  private void read(
      CsvFile csv,
      CsvRow row,
      Columns columns,
      TimeFormat times,
      boolean skipsGaps,
      Replay.Builder replay) {
    boolean isGap = false;
    int[] used = {columns.user(), columns.time(), columns.lat(), columns.lon(), columns.pop()};
    for (int column : used) {
      if (column >= 0 && row.values().get(column).isEmpty()) {
        isGap = true;
        if (!skipsGaps) {
          csv.problems()
              .add(
                  row.span(column),
                  "nothing stands here",
                  "fill it in, or leave such rows out with `trace: gaps: skip`");
        }
      }
    }
    if (isGap) {
      return;
    }
    Optional<Long> at = times.parse(csv, row, columns.time());
    OptionalInt pop =
        columns.pop() >= 0 ? named(csv, row, columns.pop()) : place(csv, row, columns);
    if (at.isPresent() && pop.isPresent()) {
      String user = row.values().get(columns.user());
      Country home =
          columns.residency() >= 0
              ? residency(csv, row, columns.residency())
              : sites.get(pop.getAsInt()).law();
      if (!replay.add(user, at.get(), pop.getAsInt(), home)) {
        csv.problems()
            .add(
                row.span(columns.time()),
                "user `" + user + "` was somewhere else later, by an earlier line",
                "sort the file by time");
      }
    }
  }

  /** An empty one is unknown. */
  private static Country residency(CsvFile csv, CsvRow row, int column) {
    String code = row.values().get(column);
    Country country = Site.countryOf(code.matches("[A-Z]{2}") ? code : "");
    if (!code.isEmpty() && !Countries.isKnown(country)) {
      csv.problems()
          .add(
              row.span(column),
              "`" + code + "` is no country",
              "two capital letters of ISO 3166-1, such as `DE`");
    }
    return country;
  }

  private OptionalInt named(CsvFile csv, CsvRow row, int column) {
    String id = row.values().get(column);
    OptionalInt found = sites.indexOf(id);
    if (found.isEmpty()) {
      csv.problems().addUnknown(row.span(column), "POP", id, sites.ids());
    }
    return found;
  }

  private OptionalInt place(CsvFile csv, CsvRow row, Columns columns) {
    Optional<Double> lat = Numbers.degrees(csv, row, columns.lat(), 90);
    Optional<Double> lon = Numbers.degrees(csv, row, columns.lon(), 180);
    return lat.isPresent() && lon.isPresent()
        ? OptionalInt.of(sites.nearest(lat.get(), lon.get()))
        : OptionalInt.empty();
  }
}
