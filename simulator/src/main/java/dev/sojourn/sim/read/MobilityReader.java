package dev.sojourn.sim.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.sim.mobility.AirRoutes;
import dev.sojourn.sim.mobility.Homes;
import dev.sojourn.sim.mobility.Mobilities;
import dev.sojourn.sim.mobility.Mobility;
import dev.sojourn.sim.place.Sites;
import dev.sojourn.sim.setup.Scenario.Group;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads which share of the users moves how. */
final class MobilityReader {
  private static final ImmutableMap<String, String> KINDS =
      ImmutableMap.of(
          "home", "home",
          "flights", "flights",
          "commute", "commute",
          "devices", "devices",
          "flip", "flip",
          "stadium", "stadium");

  private final Problems problems;
  private final Sites sites;
  private final long lengthMillis;
  private final Homes homes;

  MobilityReader(Problems problems, Sites sites, long lengthMillis) {
    this.problems = problems;
    this.sites = sites;
    this.lengthMillis = lengthMillis;
    this.homes =
        new Homes(new AirRoutes(Sources.builtin("airports"), Sources.builtin("routes")), sites);
  }

  ImmutableList<Group> groups(YamlValue value) {
    ImmutableList.Builder<Group> groups = ImmutableList.builder();
    double sum = 0;
    for (YamlValue item : value.list()) {
      Optional<YamlFields> fields = item.mapping();
      if (fields.isPresent()) {
        double share = fields.get().require("share").decimal(0, 1).orElse(0.0);
        sum += share;
        groups.add(new Group(share, mobility(fields.get())));
      }
    }
    if (!value.isPresent()) {
      return ImmutableList.of(new Group(1, Mobilities.home(homes)));
    }
    if (problems.isEmpty() && Math.abs(sum - 1) > 1e-6) {
      value.refuse("the shares add up to " + Math.round(sum * 1e6) / 1e6, "make them add up to 1");
    }
    return groups.build();
  }

  private Mobility mobility(YamlFields group) {
    String kind = group.require("kind").choice("kind of mobility", KINDS).orElse("home");
    Mobility mobility =
        switch (kind) {
          case "flights" -> Mobilities.flights(homes, lengthMillis);
          case "commute" -> Mobilities.commute(homes, sites, lengthMillis);
          case "devices" -> Mobilities.devices(homes);
          case "flip" -> Mobilities.flip(homes, sites, group.get("odds").decimal(0, 1).orElse(0.5));
          case "stadium" -> stadium(group);
          default -> Mobilities.home(homes);
        };
    group.finish();
    return mobility;
  }

  private Mobility stadium(YamlFields group) {
    YamlValue where = group.require("pop");
    Optional<String> id = where.text();
    OptionalInt pop = id.map(sites::indexOf).orElse(OptionalInt.empty());
    if (id.isPresent() && pop.isEmpty()) {
      problems.own().addUnknown(where.span(), "POP", id.get(), sites.ids());
    }
    long at = group.require("at").durationMillis(0, lengthMillis).orElse(0L);
    long millis = group.require("for").durationMillis(60_000, lengthMillis).orElse(60_000L);
    return Mobilities.stadium(homes, pop.orElse(0), at, millis);
  }
}
