package dev.sojourn.server.ledger;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * The signed end of a ledger.
 *
 * @param pop whose ledger it is
 * @param seq of the last entry; 0 if there is none
 * @param hash of the last entry
 * @param key the public half of what signed, in base64
 */
public record LedgerHead(
    String pop, long seq, String hash, String at, String key, String signature) {

  static LedgerHead signed(LedgerKey key, String pop, long seq, String hash, long atMillis) {
    String at = Instant.ofEpochMilli(atMillis).toString();
    return new LedgerHead(pop, seq, hash, at, key.publicKey(), key.sign(text(pop, seq, hash, at)));
  }

  /** Whether its own key has signed it; whose key that is, nobody says. */
  public boolean isGenuine() {
    return LedgerKey.isSignedBy(key, text(pop, seq, hash, at), signature);
  }

  private static String text(String pop, long seq, String hash, String at) {
    return "sojourn-ledger-1 " + pop + " " + seq + " " + hash + " " + at;
  }

  /** As it stands at the end of an export. */
  public String asLine() {
    JsonObject line = new JsonObject();
    line.addProperty("head", pop);
    line.addProperty("seq", seq);
    line.addProperty("hash", hash);
    line.addProperty("at", at);
    line.addProperty("key", key);
    line.addProperty("signature", signature);
    return line.toString();
  }

  /** Empty if it is none. */
  public static Optional<LedgerHead> parse(String line) {
    return LedgerLine.object(line)
        .filter(object -> object.has("head"))
        .flatMap(
            object -> {
              try {
                return Optional.of(
                    new LedgerHead(
                        object.get("head").getAsString(),
                        object.get("seq").getAsLong(),
                        object.get("hash").getAsString(),
                        object.get("at").getAsString(),
                        object.get("key").getAsString(),
                        object.get("signature").getAsString()));
              } catch (RuntimeException e) {
                return Optional.empty();
              }
            });
  }
}
