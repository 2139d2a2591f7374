package dev.sojourn.server.ops;

import com.google.gson.JsonObject;

/** One answer of the admin port; the body is JSON unless it says otherwise. */
record Answer(int code, String contentType, String body) {
  static Answer json(int code, JsonObject body) {
    return new Answer(code, "application/json", body + "\n");
  }

  static Answer problem(int code, String text) {
    JsonObject body = new JsonObject();
    body.addProperty("error", text);
    return json(code, body);
  }
}
