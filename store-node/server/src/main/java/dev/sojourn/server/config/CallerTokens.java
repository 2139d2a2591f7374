package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.RandomSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may call the edge gateway: an application shows a token of its namespace. Only digests are
 * kept, so that whoever reads the file that holds them can call nothing; a token is 32 random
 * bytes, which no digest gives away.
 */
public final class CallerTokens {
  private static final int TOKEN_BYTES = 32;

  private final ImmutableList<Entry> entries;
  private final ImmutableMap<Bytes, Namespace> byDigest;

  /**
   * @param digest SHA-256 of the token's text
   */
  public record Entry(Namespace namespace, LocalDate created, Bytes digest) {}

  /** A token that was just made, the only time that it is to be seen. */
  public record Fresh(String token, CallerTokens all) {
    @Override
    public String toString() {
      return "a fresh token";
    }
  }

  /**
   * @throws IllegalArgumentException if a digest stands for two namespaces
   */
  public CallerTokens(ImmutableList<Entry> entries) {
    this.entries = entries;
    Map<Bytes, Namespace> found = new HashMap<>();
    for (Entry entry : entries) {
      if (found.put(entry.digest(), entry.namespace()) != null) {
        throw new IllegalArgumentException("one token is listed twice");
      }
    }
    this.byDigest = ImmutableMap.copyOf(found);
  }

  public ImmutableList<Entry> entries() {
    return entries;
  }

  /** The namespace that {@code token} may speak for. */
  public Optional<Namespace> namespaceOf(String token) {
    return Optional.ofNullable(byDigest.get(digest(token)));
  }

  /** With one more token for {@code namespace}, beside those that are there. */
  public Fresh withFresh(Namespace namespace, RandomSource random, LocalDate today) {
    byte[] secret = random.nextBytes(TOKEN_BYTES).unsafeArray();
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    ImmutableList<Entry> more =
        ImmutableList.<Entry>builder()
            .addAll(entries)
            .add(new Entry(namespace, today, digest(token)))
            .build();
    return new Fresh(token, new CallerTokens(more));
  }

  private static Bytes digest(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Bytes.wrap(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
