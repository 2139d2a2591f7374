package dev.sojourn.cli.demo.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sojourn.cli.demo.net.WideAreaNetwork;
import dev.sojourn.value.PopId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** The demo's figures and every request behind them, as JSON. Times are in milliseconds. */
public final class JsonReport {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private JsonReport() {}

  /**
   * @param warmUpMoves moves that were made before the count began
   * @param nominal the round-trip times of the data
   * @param story the second act, whose links are not among these
   */
  public static String of(
      Summary summary,
      List<Request> requests,
      int warmUpMoves,
      WideAreaNetwork network,
      BiFunction<PopId, PopId, Duration> nominal,
      StorySummary story) {
    JsonObject json = new JsonObject();
    figures(json, summary);
    json.addProperty("warm_up_moves", warmUpMoves);
    json.add("promises", GSON.toJsonTree(summary.promises()));
    JsonArray links = new JsonArray();
    for (WideAreaNetwork.Link link : network.links()) {
      JsonObject each = new JsonObject();
      each.addProperty("from", link.from().name());
      each.addProperty("to", link.to().name());
      each.addProperty("rtt_nominal_ms", millis(nominal.apply(link.from(), link.to())));
      each.addProperty("rtt_applied_ms", millis(network.appliedRoundTrip(link.from(), link.to())));
      links.add(each);
    }
    json.add("links", links);
    json.addProperty("bytes_between_pops", network.forwardedBytes());
    json.add("request_list", jsonOf(requests));
    JsonObject second = new JsonObject();
    second.add("promises", GSON.toJsonTree(story.promises()));
    second.add("request_list", jsonOf(story.requests()));
    json.add("story", second);
    return GSON.toJson(json) + "\n";
  }

  private static void figures(JsonObject json, Summary summary) {
    json.addProperty("requests", summary.requests());
    json.addProperty("moves", summary.countedMoves());
    json.addProperty("moves_on_any_link", summary.moves());
    // JSON knows no NaN: where nothing moved, the figure is absent, and the promise says why.
    if (summary.countedMoves() > 0) {
      json.addProperty("move_rtt_ratio_p50", summary.moveRttRatioP50());
      json.addProperty("move_extra_ms_p50", summary.moveExtraMillisP50());
    }
    json.addProperty("local_requests", summary.localRequests());
    if (summary.localRequests() > 0) {
      json.addProperty("local_ms_p50", summary.localMillisP50());
    }
    json.addProperty("local_cross_pop_round_trips", summary.localCrossPopRoundTrips());
    json.addProperty("acknowledged_writes", summary.acknowledgedWrites());
    json.addProperty("verified_writes", summary.verifiedWrites());
    json.addProperty("max_payload_copies_at_rest", summary.maxPayloadCopiesAtRest());
  }

  private static JsonArray jsonOf(List<Request> requests) {
    JsonArray list = new JsonArray();
    requests.forEach(request -> list.add(jsonOf(request)));
    return list;
  }

  private static JsonObject jsonOf(Request request) {
    JsonObject json = new JsonObject();
    json.addProperty("traveller", request.traveller());
    json.addProperty("day", request.day().toString());
    json.addProperty("place", request.place());
    json.addProperty("pop", request.pop().name());
    json.addProperty("kind", request.write() ? "write" : "read");
    json.addProperty("how", request.how().name().toLowerCase(Locale.ROOT));
    json.addProperty("round_trips", request.roundTrips());
    json.addProperty("latency_ms", millis(request.latency()));
    request
        .link()
        .ifPresent(
            link -> {
              json.addProperty("owner", link.owner().name());
              json.addProperty("rtt_nominal_ms", millis(link.nominal()));
              json.addProperty("rtt_applied_ms", millis(link.applied()));
              json.addProperty("rtt_ratio", link.ratioOf(request.latency()));
            });
    json.addProperty("epoch", request.epoch());
    json.addProperty("version", request.version());
    json.addProperty("peer_messages_sent", request.messagesSent());
    return json;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
