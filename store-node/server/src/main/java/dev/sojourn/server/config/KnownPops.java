package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.util.Map;

/**
 * What must never change of the POPs that a node has seen. A POP's id stands in session ids, hints
 * and records for as long as those live, so it never goes and never means another site. Immutable.
 */
public record KnownPops(ImmutableMap<PopId, Known> pops) {

  /** One POP as it was seen last. */
  public record Known(Country country, boolean retired) {}

  public static KnownPops none() {
    return new KnownPops(ImmutableMap.of());
  }

  /** All POPs of {@code topology}. They include all that were known before, if it may follow. */
  public static KnownPops of(Topology topology) {
    ImmutableMap.Builder<PopId, Known> pops = ImmutableMap.builder();
    topology.pops().forEach((id, pop) -> pops.put(id, new Known(pop.country(), pop.isRetired())));
    return new KnownPops(pops.buildOrThrow());
  }

  /** Why {@code topology} may not follow on what is known; empty if it may. */
  public ImmutableList<String> problemsOf(Topology topology) {
    ImmutableList.Builder<String> problems = ImmutableList.builder();
    pops.forEach(
        (id, before) -> {
          Pop after = topology.pops().get(id);
          if (after == null) {
            problems.add(
                "POP `"
                    + id
                    + "` is gone; keep its entry, with `status: retired` if it is out of service");
          } else if (before.retired() && !after.isRetired()) {
            problems.add(
                "POP `"
                    + id
                    + "` was retired and cannot come back; give the site an id that was never"
                    + " used");
          } else if (!before.country().equals(after.country())) {
            problems.add(
                String.format(
                    "POP `%s` cannot move from `%s` to `%s`; retire it, and give the new site an"
                        + " id that was never used",
                    id, before.country(), after.country()));
          }
        });
    return problems.build();
  }

  public String toJson() {
    JsonObject root = new JsonObject();
    pops.forEach(
        (id, known) -> {
          JsonObject pop = new JsonObject();
          pop.addProperty("country", known.country().toString());
          pop.addProperty("retired", known.retired());
          root.add(id.name(), pop);
        });
    return root + "\n";
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  public static KnownPops fromJson(String json) {
    try {
      ImmutableMap.Builder<PopId, Known> pops = ImmutableMap.builder();
      for (Map.Entry<String, JsonElement> each :
          JsonParser.parseString(json).getAsJsonObject().entrySet()) {
        JsonObject pop = each.getValue().getAsJsonObject();
        Country country = new Country(pop.get("country").getAsString());
        pops.put(new PopId(each.getKey()), new Known(country, pop.get("retired").getAsBoolean()));
      }
      return new KnownPops(pops.buildOrThrow());
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException e) {
      throw new IllegalArgumentException("it is not a list of POPs", e);
    }
  }
}
