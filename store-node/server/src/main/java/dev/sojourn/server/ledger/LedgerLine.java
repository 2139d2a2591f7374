package dev.sojourn.server.ledger;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.effect.LedgerEntry.Act;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry as a line of a ledger.
 *
 * @param seq from 1, without a gap
 * @param pop whose ledger it is
 * @param prev the hash of the line before
 * @param hash of this line, up to it
 */
public record LedgerLine(
    long seq,
    Instant at,
    String pop,
    Act act,
    String session,
    String from,
    String to,
    ImmutableList<String> classes,
    ImmutableList<String> rules,
    String policy,
    String prev,
    String hash) {
  /** Stands for the hash of the line before the first. */
  public static final String NO_HASH = "0".repeat(64);

  private static final String HASH = ",\"hash\":\"";
  private static final int TAIL = HASH.length() + 64 + 2;

  /** The text of a new line. */
  static String write(long seq, String pop, LedgerEntry entry, String prev) {
    JsonObject line = new JsonObject();
    line.addProperty("seq", seq);
    line.addProperty("at", Instant.ofEpochMilli(entry.atMillis()).toString());
    line.addProperty("pop", pop);
    line.addProperty("act", entry.act().word());
    line.addProperty("session", entry.session().toString());
    line.addProperty("from", entry.from().name());
    line.addProperty("to", entry.to().name());
    line.add("classes", array(entry.classes()));
    line.add("rules", array(entry.rules()));
    line.addProperty("policy", entry.policy());
    line.addProperty("prev", prev);
    String text = line.toString();
    String open = text.substring(0, text.length() - 1);
    return open + HASH + digest(open) + "\"}";
  }

  /** The hash that a line ought to bear; empty if it cannot be a line. */
  static Optional<String> digestOf(String line) {
    int end = line.length() - TAIL;
    return end > 0 && line.startsWith(HASH, end)
        ? Optional.of(digest(line.substring(0, end)))
        : Optional.empty();
  }

  static String hashOf(String line) {
    return line.substring(line.length() - 66, line.length() - 2);
  }

  /** Empty if it is none, or bears another hash than its own. */
  public static Optional<LedgerLine> parseWhole(String text) {
    return parse(text).filter(line -> digestOf(text).equals(Optional.of(line.hash())));
  }

  /** Empty if it is none. */
  static Optional<LedgerLine> parse(String text) {
    return object(text)
        .flatMap(
            line -> {
              try {
                return Optional.of(read(line));
              } catch (RuntimeException e) {
                return Optional.empty(); // a key is missing, or of another kind
              }
            });
  }

  private static LedgerLine read(JsonObject line) {
    return new LedgerLine(
        line.get("seq").getAsLong(),
        Instant.parse(line.get("at").getAsString()),
        line.get("pop").getAsString(),
        Act.valueOf(line.get("act").getAsString().toUpperCase(Locale.ROOT)),
        line.get("session").getAsString(),
        line.get("from").getAsString(),
        line.get("to").getAsString(),
        texts(line.getAsJsonArray("classes")),
        texts(line.getAsJsonArray("rules")),
        line.get("policy").getAsString(),
        line.get("prev").getAsString(),
        line.get("hash").getAsString());
  }

  static Optional<JsonObject> object(String text) {
    try {
      JsonElement element = JsonParser.parseString(text);
      return element.isJsonObject() ? Optional.of(element.getAsJsonObject()) : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private static String digest(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }

  private static JsonArray array(Iterable<?> items) {
    JsonArray array = new JsonArray();
    items.forEach(item -> array.add(String.valueOf(item)));
    return array;
  }

  private static ImmutableList<String> texts(JsonArray array) {
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    array.forEach(item -> texts.add(item.getAsString()));
    return texts.build();
  }
}
