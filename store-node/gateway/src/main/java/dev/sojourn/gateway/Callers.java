package dev.sojourn.gateway;

import com.google.common.collect.ImmutableSet;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.server.config.CallerTokens;
import dev.sojourn.value.Namespace;
import java.util.List;
import java.util.Optional;

/**
 * Who may call, by the token that a request shows, and by the page that it comes from where a
 * browser says so. Thread-safe.
 *
 * @param tokens empty: nobody is asked for one
 * @param origins of pages that may call
 * @param ownPages whether the gateway has pages of its own that call it
 */
record Callers(Optional<CallerTokens> tokens, ImmutableSet<String> origins, boolean ownPages) {
  private static final String BEARER = "Bearer ";

  /**
   * Whom a caller may speak for.
   *
   * @param namespace the only one; empty: any
   */
  record Pass(Optional<Namespace> namespace) {
    boolean isFor(String namespaceName) {
      return namespace.isEmpty() || namespace.get().name().equals(namespaceName);
    }
  }

  /**
   * @throws io.grpc.StatusRuntimeException if nobody is to be let in with these headers
   */
  Pass admit(RequestHeaders headers, Refusals refusals) {
    for (String origin : headers.getAll(HttpHeaderNames.ORIGIN)) {
      if (!origins.contains(origin) && !(ownPages && isOwn(origin, headers))) {
        throw refusals.of(
            ErrorCode.CALLER_REFUSED, "pages of this origin may not call; see `gateway.origins`");
      }
    }
    if (tokens.isEmpty()) {
      return new Pass(Optional.empty());
    }
    List<String> shown = headers.getAll(HttpHeaderNames.AUTHORIZATION);
    if (shown.size() != 1 || !shown.get(0).startsWith(BEARER)) {
      throw refusals.of(
          ErrorCode.CALLER_REFUSED, "send the token as `authorization: Bearer TOKEN`");
    }
    Optional<Namespace> namespace =
        tokens.get().namespaceOf(shown.get(0).substring(BEARER.length()).strip());
    if (namespace.isEmpty()) {
      throw refusals.of(ErrorCode.CALLER_REFUSED, "the token is not known here");
    }
    return new Pass(namespace);
  }

  private static boolean isOwn(String origin, RequestHeaders headers) {
    String authority = headers.authority();
    return authority != null
        && (origin.equals("http://" + authority) || origin.equals("https://" + authority));
  }
}
