package dev.sojourn.gateway;

import com.google.common.collect.ImmutableList;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.RequestHeaders;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteResponse;
import io.grpc.StatusRuntimeException;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a request's hint is, and where its answer's goes. It may stand in the body, as for gRPC, in
 * the header {@link #HEADER}, or in the cookie; where it stands in several places they must agree.
 *
 * <p>The answer's hint stands in the body and in the header. But where the request's was in the
 * cookie, or {@link #CARRIER} says {@code cookie}, it goes out in a cookie and nowhere else: a
 * script in the page, which reads the rest, must not get hold of it.
 *
 * @param hint empty if the headers bring none
 */
record CarriedHint(String hint, boolean inCookie, HintCookie cookie) {
  static final AsciiString HEADER = HttpHeaderNames.of("sojourn-hint");
  static final AsciiString MAX_AGE = HttpHeaderNames.of("sojourn-hint-max-age");
  static final AsciiString CARRIER = HttpHeaderNames.of("sojourn-hint-carrier");

  private static final Pattern LIKELY = Pattern.compile("[A-Za-z0-9._~=-]{1,200}");

  /**
   * @throws StatusRuntimeException if the headers contradict each other
   */
  static CarriedHint find(RequestHeaders headers, HintCookie cookie, Refusals refusals) {
    List<String> inHeader = headers.getAll(HEADER);
    ImmutableList<String> inCookies = cookie.find(headers.getAll(HttpHeaderNames.COOKIE));
    if (inHeader.size() > 1) {
      throw refusals.malformed("there are two `sojourn-hint` headers");
    }
    if (inCookies.size() > 1) {
      throw refusals.malformed("there are two cookies of the hint's name");
    }
    boolean wantsCookie = wantsCookie(headers, refusals);
    if (inHeader.isEmpty() && inCookies.isEmpty()) {
      return new CarriedHint("", wantsCookie, cookie);
    }
    String hint = inHeader.isEmpty() ? inCookies.get(0) : inHeader.get(0);
    if (!inCookies.isEmpty() && !inCookies.get(0).equals(hint)) {
      throw refusals.malformed("the hint in the cookie is not that of the header");
    }
    if (!LIKELY.matcher(hint).matches()) {
      throw refusals.of(ErrorCode.HINT_UNREADABLE, "the hint has characters that no hint has");
    }
    return new CarriedHint(hint, wantsCookie || inHeader.isEmpty(), cookie);
  }

  private static boolean wantsCookie(RequestHeaders headers, Refusals refusals) {
    List<String> carriers = headers.getAll(CARRIER);
    if (carriers.isEmpty()) {
      return false;
    }
    if (carriers.size() > 1 || !carriers.get(0).equals("cookie")) {
      throw refusals.malformed("`sojourn-hint-carrier` says `cookie`, or is left out");
    }
    return true;
  }

  /**
   * The request's hint, given what its body says.
   *
   * @throws StatusRuntimeException if the body contradicts the headers
   */
  String agreeWith(String inBody, Refusals refusals) {
    if (!inBody.isEmpty() && !hint.isEmpty() && !inBody.equals(hint)) {
      throw refusals.malformed("the hint in the body is not that of the headers");
    }
    return hint.isEmpty() ? inBody : hint;
  }

  /** The headers that bring the answer's hint to the client. */
  HttpHeaders headersFor(ExecuteResponse answer) {
    if (inCookie && answer.getOutcome().getSessionEnded()) {
      return HttpHeaders.of(HttpHeaderNames.SET_COOKIE, cookie.removing());
    }
    return headersFor(answer.getHint(), answer.getHintMaxAgeSeconds());
  }

  /** As above, for an error that may bring a fresh hint. */
  HttpHeaders headersFor(StatusRuntimeException error) {
    ErrorDetail detail = TypedErrors.detailOf(error);
    return headersFor(detail.getHint(), detail.getHintMaxAgeSeconds());
  }

  private HttpHeaders headersFor(String fresh, long maxAgeSeconds) {
    if (fresh.isEmpty()) {
      return HttpHeaders.of();
    }
    HttpHeadersBuilder headers = HttpHeaders.builder();
    if (inCookie) {
      headers.add(HttpHeaderNames.SET_COOKIE, cookie.storing(fresh, maxAgeSeconds));
    } else {
      headers.add(HEADER, fresh).add(MAX_AGE, Long.toString(maxAgeSeconds));
    }
    return headers.build();
  }

  /** The answer's body: without the hint where a cookie has it. */
  ExecuteResponse bodyFor(ExecuteResponse answer) {
    return inCookie && !answer.getHint().isEmpty()
        ? answer.toBuilder().clearHint().clearHintMaxAgeSeconds().build()
        : answer;
  }

  /** The error: without the hint where a cookie has it. */
  StatusRuntimeException bodyFor(StatusRuntimeException error) {
    return inCookie ? TypedErrors.withoutHint(error) : error;
  }

  /** Never the hint: whoever reads a log must not get hold of a session. */
  @Override
  public String toString() {
    return "a hint of " + hint.length() + " characters";
  }
}
