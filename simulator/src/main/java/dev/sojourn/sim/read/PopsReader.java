package dev.sojourn.sim.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.sim.input.CsvFile;
import dev.sojourn.sim.input.CsvRow;
import dev.sojourn.sim.place.RoundTrips;
import dev.sojourn.sim.place.RttModel;
import dev.sojourn.sim.place.Site;
import dev.sojourn.sim.place.Sites;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads which POPs there are, and how far they are from each other. */
final class PopsReader {
  private static final int POPS_MAX = 20_000;

  private final Sources sources;
  private final Problems problems;

  private record Listed(Site site, int networks) {}

  PopsReader(Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  /** Empty if something is wrong, which has been reported. */
  Optional<Sites> sites(YamlValue value) {
    Optional<YamlFields> fields = value.mapping();
    if (fields.isEmpty()) {
      return problems.isEmpty() ? listed("builtin:pops", value).map(all -> first(all, 60)) : none();
    }
    YamlFields pops = fields.get();
    Optional<Long> synthetic = pops.get("synthetic").integer(2, POPS_MAX);
    Optional<Long> count = pops.get("count").integer(2, POPS_MAX);
    Optional<String> file = pops.get("file").text();
    YamlValue only = pops.get("only");
    pops.finish();
    if (synthetic.isPresent()) {
      return Optional.of(synthetic(synthetic.get().intValue()));
    }
    Optional<List<Listed>> all = listed(file.orElse("builtin:pops"), pops.get("file"));
    if (all.isPresent() && only.isPresent()) {
      return Optional.of(only(all.get(), only));
    }
    return all.map(each -> first(each, count.orElse((long) each.size()).intValue()));
  }

  private static Optional<Sites> none() {
    return Optional.empty();
  }

  private Optional<List<Listed>> listed(String name, YamlValue where) {
    Optional<CsvFile> file = sources.find(name);
    if (file.isEmpty()) {
      where.refuse("there is no file `" + name + "`", "give a CSV file, or `builtin:pops`");
      return Optional.empty();
    }
    CsvFile csv = file.get();
    problems.watch(csv.problems());
    Optional<CsvRow> header = csv.header();
    if (header.isEmpty()) {
      return Optional.empty();
    }
    String remedy = "a file of POPs has the columns id,city,country,lat,lon";
    int id = csv.column(header.get(), "id", remedy);
    int lat = csv.column(header.get(), "lat", remedy);
    int lon = csv.column(header.get(), "lon", remedy);
    int city = header.get().values().indexOf("city");
    int country = header.get().values().indexOf("country");
    int networks = header.get().values().indexOf("networks");
    if (!csv.problems().isEmpty()) {
      return Optional.empty();
    }
    ImmutableMap<String, String> continents = continents();
    List<Listed> found = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    csv.rows(
        row -> {
          Optional<Double> north = Numbers.degrees(csv, row, lat, 90);
          Optional<Double> east = Numbers.degrees(csv, row, lon, 180);
          String name0 = row.values().get(id);
          if (!PopId.isLawful(name0)) {
            csv.problems()
                .add(
                    row.span(id),
                    "`" + name0 + "` is not a POP id",
                    "1 to 12 characters of a-z, 0-9 and -, starting with a letter");
          } else if (!ids.add(name0)) {
            csv.problems().add(row.span(id), "POP `" + name0 + "` stands here twice", "remove one");
          } else if (north.isPresent() && east.isPresent()) {
            String land = country < 0 ? "" : row.values().get(country);
            Site site =
                new Site(
                    new PopId(name0),
                    city < 0 ? "" : row.values().get(city),
                    land,
                    continents.getOrDefault(land, ""),
                    north.get(),
                    east.get());
            found.add(new Listed(site, networks < 0 ? 0 : row.values().get(networks).length()));
          }
        });
    if (found.isEmpty() && csv.problems().isEmpty()) {
      csv.problems().add(header.get().span(0), "the file lists no POP", remedy);
    }
    return csv.problems().isEmpty() ? Optional.of(found) : Optional.empty();
  }

  /** Those that most networks list, in the order of the file. */
  private static Sites first(List<Listed> all, int count) {
    List<Listed> chosen = new ArrayList<>(all);
    chosen.sort(Comparator.comparingInt((Listed each) -> -each.networks()));
    Set<Listed> kept = new LinkedHashSet<>(chosen.subList(0, Math.min(count, chosen.size())));
    return new Sites(
        all.stream()
            .filter(kept::contains)
            .map(Listed::site)
            .collect(ImmutableList.toImmutableList()));
  }

  private Sites only(List<Listed> all, YamlValue only) {
    Map<String, Site> byId = new LinkedHashMap<>();
    all.forEach(each -> byId.put(each.site().id().name(), each.site()));
    Map<String, Site> chosen = new LinkedHashMap<>();
    for (YamlValue item : only.list()) {
      item.text()
          .ifPresent(
              id -> {
                Site site = byId.get(id);
                if (site == null) {
                  problems.own().addUnknown(item.span(), "POP", id, byId.keySet());
                } else {
                  chosen.put(id, site);
                }
              });
    }
    if (chosen.size() < 2 && problems.isEmpty()) {
      only.refuse("one POP alone has nobody to hand a session to", "name at least two");
    }
    return new Sites(ImmutableList.copyOf(chosen.values()));
  }

  /** So many, around airports, to see how a run grows. */
  private static Sites synthetic(int count) {
    ImmutableMap<String, String> continents = continents();
    ImmutableList<CsvRow> airports = Sources.builtin("airports").rows();
    ImmutableList.Builder<Site> all = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      // Spread over the list, then again a little aside.
      int step = (int) ((long) i * 2_654_435_761L % airports.size());
      CsvRow airport = airports.get(Math.floorMod(step, airports.size()));
      double aside = 0.05 * (i / airports.size());
      double lat = Double.parseDouble(airport.values().get(3));
      String country = airport.values().get(2);
      all.add(
          new Site(
              new PopId("p" + i),
              airport.values().get(1),
              country,
              continents.getOrDefault(country, ""),
              lat > 0 ? lat - aside : lat + aside,
              Double.parseDouble(airport.values().get(4))));
    }
    return new Sites(all.build());
  }

  private static ImmutableMap<String, String> continents() {
    ImmutableMap.Builder<String, String> all = ImmutableMap.builder();
    Sources.builtin("countries").rows(row -> all.put(row.values().get(0), row.values().get(1)));
    return all.buildOrThrow();
  }

  /** Empty if something is wrong, which has been reported. */
  Optional<RoundTrips> roundTrips(YamlValue value, Sites sites) {
    String name = value.text().orElse("builtin:model");
    if (name.equals("builtin:model")) {
      return Optional.of(model().between(sites));
    }
    Optional<CsvFile> file = sources.find(name);
    if (file.isEmpty()) {
      value.refuse("there is no file `" + name + "`", "give a CSV file, or `builtin:model`");
      return Optional.empty();
    }
    return measured(file.get(), sites);
  }

  private static RttModel model() {
    ImmutableMap.Builder<String, RttModel.Line> lines = ImmutableMap.builder();
    Sources.builtin("rtt_model")
        .rows(
            row ->
                lines.put(
                    row.values().get(0),
                    new RttModel.Line(
                        Double.parseDouble(row.values().get(2)),
                        Double.parseDouble(row.values().get(3)))));
    return new RttModel(lines.buildOrThrow());
  }

  /** The first two columns name POPs, the third says milliseconds; what is missing is modelled. */
  private Optional<RoundTrips> measured(CsvFile csv, Sites sites) {
    problems.watch(csv.problems());
    RoundTrips modelled = model().between(sites);
    Map<Long, Integer> known = new LinkedHashMap<>();
    csv.rows(
        row -> {
          if (row.values().size() < 3) {
            csv.problems()
                .add(row.span(0), "three columns are wanted", "two POPs and milliseconds");
            return;
          }
          OptionalInt a = sites.indexOf(row.values().get(0));
          OptionalInt b = sites.indexOf(row.values().get(1));
          if (a.isEmpty() || b.isEmpty() || a.equals(b)) {
            return;
          }
          Optional<Double> millis = Numbers.number(csv, row, 2, 0.001, 10_000);
          if (millis.isPresent()) {
            int low = Math.min(a.getAsInt(), b.getAsInt());
            int high = Math.max(a.getAsInt(), b.getAsInt());
            known.put((long) low * sites.size() + high, (int) Math.round(millis.get() * 1_000));
          }
        });
    if (known.isEmpty() && csv.problems().isEmpty()) {
      csv.problems()
          .add(
              Span.START,
              "no line names two POPs of this scenario",
              "the first two columns are ids of POPs, the third says milliseconds");
    }
    return Optional.of(
        new RoundTrips(
            sites.size(),
            (a, b) -> known.getOrDefault((long) a * sites.size() + b, modelled.micros(a, b))));
  }
}
