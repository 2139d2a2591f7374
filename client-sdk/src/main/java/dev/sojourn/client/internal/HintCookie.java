package dev.sojourn.client.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that carries the hint.
 *
 * <p>The prefix {@code __Host-} makes browsers refuse it from a subdomain, over plain HTTP, and
 * with another path, so that a browser sends one of that name at most. If several arrive all the
 * same, the first whose value could be a hint counts; being sealed, it is then tested by the node.
 */
public final class HintCookie {
  public static final String NAME = "__Host-sojourn";

  private static final String ATTRIBUTES = "; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=";
  private static final Pattern LIKELY = Pattern.compile("[A-Za-z0-9._~=-]{1,200}");

  /** What a Cookie header had to say. */
  public sealed interface Found {
    /** No cookie of that name. */
    record Nothing() implements Found {}

    /** A value that could be a hint. */
    record Hint(String hint) implements Found {
      /** Never the hint: whoever reads a log must not get hold of a session. */
      @Override
      public String toString() {
        return "a hint of " + hint.length() + " characters";
      }
    }

    /** Only values that no POP can have made. */
    record Unreadable() implements Found {}
  }

  private HintCookie() {}

  /**
   * Looks for the cookie in the value of a {@code Cookie} header. Only {@code ;} separates cookies:
   * a comma inside the value of another one must not let it speak for ours.
   */
  public static Found find(@Nullable String header) {
    boolean seen = false;
    for (String pair : header == null ? new String[0] : header.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0 || !pair.substring(0, equals).strip().equals(NAME)) {
        continue;
      }
      String value = unquoted(pair.substring(equals + 1).strip());
      if (value.isEmpty()) {
        continue;
      }
      if (isLikely(value)) {
        return new Found.Hint(value);
      }
      seen = true;
    }
    return seen ? new Found.Unreadable() : new Found.Nothing();
  }

  /** Whether a POP can have made this; if not, there is no need to ask one. */
  public static boolean isLikely(String hint) {
    return LIKELY.matcher(hint).matches();
  }

  /** The value of a {@code Set-Cookie} header that stores {@code hint}. */
  public static String storing(String hint, long maxAgeSeconds) {
    return NAME + "=" + hint + ATTRIBUTES + maxAgeSeconds;
  }

  /** The value of a {@code Set-Cookie} header that removes the cookie. */
  public static String removing() {
    return NAME + "=" + ATTRIBUTES + 0;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
