package dev.sojourn.cli.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.InspectResponse.FieldSummary;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

/** What one POP knows of a session, as text for a person or as JSON for a program. */
final class SessionReport {
  private final InspectResponse answer;

  SessionReport(InspectResponse answer) {
    this.answer = answer;
  }

  String asText() {
    StringBuilder text = new StringBuilder();
    line(text, "session", answer.getSessionHash());
    line(text, "asked", answer.getPop() + " (" + state() + ", " + payload() + ")");
    line(text, "owner", owner());
    line(text, "born at", answer.getBirthPop());
    if (!answer.getHoldsPayload()) {
      line(text, "more", "ask the owner");
      return text.toString();
    }
    line(text, "version", answer.getVersion() + ", generation " + answer.getGeneration());
    line(text, "residency", answer.getResidencyCountry());
    if (!answer.getLabel().isEmpty()) {
      line(text, "label", answer.getLabel());
    }
    line(text, "ends", "in " + left(answer.getIdleLeftMillis()) + " if it is not used");
    line(text, "", "in " + left(answer.getAbsoluteLeftMillis()) + " at the latest");
    for (FieldSummary field : answer.getFieldsList()) {
      line(text, "field", fieldText(field));
    }
    return text.toString();
  }

  JsonObject asJson() {
    JsonObject json = new JsonObject();
    json.addProperty("session", answer.getSessionHash());
    json.addProperty("pop", answer.getPop());
    json.addProperty("state", state());
    json.addProperty("holds_payload", answer.getHoldsPayload());
    json.addProperty("owner_pop", answer.getOwnerPop());
    json.addProperty("epoch", answer.getEpoch());
    json.addProperty("epoch_issuer", answer.getEpochIssuer());
    json.addProperty("birth_pop", answer.getBirthPop());
    if (!answer.getHoldsPayload()) {
      return json;
    }
    json.addProperty("version", answer.getVersion());
    json.addProperty("generation", answer.getGeneration());
    json.addProperty("residency_country", answer.getResidencyCountry());
    json.addProperty("label", answer.getLabel());
    json.addProperty("idle_left_ms", answer.getIdleLeftMillis());
    json.addProperty("absolute_left_ms", answer.getAbsoluteLeftMillis());
    JsonArray fields = new JsonArray();
    answer.getFieldsList().forEach(field -> fields.add(fieldJson(field)));
    json.add("fields", fields);
    return json;
  }

  private String owner() {
    String issuer = answer.getEpochIssuer();
    String epoch = "epoch " + answer.getEpoch();
    String newest = answer.getOwnerPop().isEmpty() ? "not known here" : answer.getOwnerPop();
    return newest + " (" + epoch + (issuer.isEmpty() ? "" : ", issued by " + issuer) + ")";
  }

  private String state() {
    return answer.getState().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String payload() {
    return answer.getHoldsPayload() ? "holds the payload" : "holds no payload";
  }

  private static String fieldText(FieldSummary field) {
    StringBuilder text = new StringBuilder();
    text.append(field.getName()).append(": ").append(field.getSizeBytes()).append(" bytes");
    if (!field.getContentType().isEmpty()) {
      text.append(", ").append(field.getContentType());
    }
    if (!field.getDataClass().isEmpty()) {
      text.append(", class ").append(field.getDataClass());
    }
    if (field.hasValue()) {
      text.append(" = ").append(readable(field.getValue().toByteArray()));
    }
    return text.toString();
  }

  private static JsonObject fieldJson(FieldSummary field) {
    JsonObject json = new JsonObject();
    json.addProperty("name", field.getName());
    json.addProperty("size_bytes", field.getSizeBytes());
    json.addProperty("content_type", field.getContentType());
    json.addProperty("data_class", field.getDataClass());
    if (field.hasValue()) {
      byte[] value = field.getValue().toByteArray();
      json.addProperty("value_base64", Base64.getEncoder().encodeToString(value));
    }
    return json;
  }

  /** Text as text, anything else in base 64, so that a value cannot write to the terminal. */
  private static String readable(byte[] value) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(value)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Not text; shown as bytes below.
      return base64(value);
    }
    return base64(value);
  }

  private static String base64(byte[] value) {
    return "base64 " + Base64.getEncoder().encodeToString(value);
  }

  static String left(long millis) {
    Duration left = Duration.ofMillis(millis);
    if (left.toDays() > 0) {
      return left.toDays() + " d " + left.toHoursPart() + " h";
    }
    if (left.toHours() > 0) {
      return left.toHours() + " h " + left.toMinutesPart() + " min";
    }
    return left.toMinutes() > 0
        ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
        : left.toSeconds() + " s";
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-10s %s%n", name, value));
  }
}
