package dev.sojourn.server;

import com.google.gson.JsonObject;
import java.util.OptionalInt;

/**
 * The ports that a node listens at.
 *
 * @param gateway empty if it has none
 */
public record NodePorts(int clients, int peers, int admin, OptionalInt gateway) {
  /** The file in the data directory that holds them, as JSON, while the node is ready. */
  public static final String FILE_NAME = "node.ports";

  String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("clients", clients);
    json.addProperty("peers", peers);
    json.addProperty("admin", admin);
    gateway.ifPresent(port -> json.addProperty("gateway", port));
    return json + "\n";
  }
}
