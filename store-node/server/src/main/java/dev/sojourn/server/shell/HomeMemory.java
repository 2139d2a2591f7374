package dev.sojourn.server.shell;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a POP keeps about stores for rule R14: which store each peer had when nothing was owed to it
 * any more, and which peers have said so of our own store. Immutable.
 *
 * @param own our store
 * @param settled the store of each peer to which nothing was owed
 * @param heardFrom peers that owe nothing to our store
 * @param whole every peer has been heard of since our store is new: it stays so for its life
 */
record HomeMemory(
    Bytes own, ImmutableMap<PopId, Bytes> settled, ImmutableSet<PopId> heardFrom, boolean whole) {

  static HomeMemory ofNewStore(Bytes own) {
    return new HomeMemory(own, ImmutableMap.of(), ImmutableSet.of(), false);
  }

  boolean isSettled(PopId pop, Bytes storeId) {
    return Optional.of(storeId).equals(Optional.ofNullable(settled.get(pop)));
  }

  HomeMemory settledWith(PopId pop, Bytes storeId) {
    Map<PopId, Bytes> all = new LinkedHashMap<>(settled);
    all.put(pop, storeId);
    return new HomeMemory(own, ImmutableMap.copyOf(all), heardFrom, whole);
  }

  /** Takes in that {@code pop} owes us nothing, and whether that completes {@code required}. */
  HomeMemory heard(PopId pop, Set<PopId> required) {
    Set<PopId> all = new LinkedHashSet<>(heardFrom);
    all.add(pop);
    return new HomeMemory(own, settled, ImmutableSet.copyOf(all), whole).completedBy(required);
  }

  HomeMemory completedBy(Set<PopId> required) {
    return new HomeMemory(own, settled, heardFrom, whole || heardFrom.containsAll(required));
  }

  String toJson() {
    JsonObject peers = new JsonObject();
    settled.forEach((pop, store) -> peers.addProperty(pop.name(), store.toHex()));
    JsonObject heard = new JsonObject();
    heardFrom.forEach(pop -> heard.addProperty(pop.name(), true));
    JsonObject root = new JsonObject();
    root.addProperty("store", own.toHex());
    root.addProperty("whole", whole);
    root.add("settled", peers);
    root.add("heard-from", heard);
    return root + "\n";
  }

  /** Reads what {@link #toJson} wrote; empty if it is of another store, or nothing of the kind. */
  static Optional<HomeMemory> fromJson(String json, Bytes own) {
    try {
      JsonObject root = JsonParser.parseString(json).getAsJsonObject();
      if (!own.equals(Bytes.fromHex(root.get("store").getAsString()))) {
        return Optional.empty();
      }
      ImmutableMap.Builder<PopId, Bytes> settled = ImmutableMap.builder();
      for (Map.Entry<String, JsonElement> each : root.getAsJsonObject("settled").entrySet()) {
        settled.put(new PopId(each.getKey()), Bytes.fromHex(each.getValue().getAsString()));
      }
      ImmutableSet.Builder<PopId> heard = ImmutableSet.builder();
      for (String pop : root.getAsJsonObject("heard-from").keySet()) {
        heard.add(new PopId(pop));
      }
      boolean whole = root.get("whole").getAsBoolean();
      return Optional.of(new HomeMemory(own, settled.buildOrThrow(), heard.build(), whole));
    } catch (JsonParseException
        | IllegalArgumentException
        | IllegalStateException
        | NullPointerException
        | ClassCastException e) {
      // Whoever lost it asks and tells everything once more, which does no harm.
      return Optional.empty();
    }
  }
}
