package dev.sojourn.gateway;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * The cookie that carries the hint of a browser that calls the gateway itself.
 *
 * <p>Its name begins with {@code __Host-}, so that browsers take it over TLS alone and send it to
 * this host alone. They refuse that over plain HTTP; for trying things on one machine there is
 * another name, which nothing but a loopback address and {@code insecure: true} allows.
 */
enum HintCookie {
  HOST("__Host-sojourn", "; Secure"),
  DEVELOPMENT("sojourn-dev", "");

  private static final Splitter PAIRS = Splitter.on(';');

  private final String cookieName;
  private final String secure;

  HintCookie(String cookieName, String secure) {
    this.cookieName = cookieName;
    this.secure = secure;
  }

  /** The values of all cookies of this name. Only {@code ;} separates cookies. */
  ImmutableList<String> find(List<String> cookieHeaders) {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    for (String header : cookieHeaders) {
      for (String pair : PAIRS.split(header)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).strip().equals(cookieName)) {
          found.add(unquoted(pair.substring(equals + 1).strip()));
        }
      }
    }
    return found.build();
  }

  /** The value of a {@code Set-Cookie} header that stores {@code hint}. */
  String storing(String hint, long maxAgeSeconds) {
    return cookieName + "=" + hint + secure + attributes(maxAgeSeconds);
  }

  /** The value of a {@code Set-Cookie} header that removes the cookie. */
  String removing() {
    return cookieName + "=" + secure + attributes(0);
  }

  private static String attributes(long maxAgeSeconds) {
    return "; HttpOnly; SameSite=Lax; Path=/; Max-Age=" + maxAgeSeconds;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
