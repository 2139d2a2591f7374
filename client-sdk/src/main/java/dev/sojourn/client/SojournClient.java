package dev.sojourn.client;

import dev.sojourn.client.internal.HintCookie;
import dev.sojourn.client.internal.InspectCall;
import dev.sojourn.client.internal.Transport;
import dev.sojourn.v1.InspectRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The way from an application to the POP that it runs in. Make one and keep it: it is thread-safe
 * and holds the connection.
 *
 * <pre>{@code
 * try (SojournClient sojourn = SojournClient.connect("127.0.0.1:7100", "shop")) {
 *   Session session = sojourn.open(request.getHeader("Cookie"));
 *   long hits = session.getNumber("hits").orElse(0);
 *   session.increment("hits", 1).putText("cart", "2 apples");
 *   session.save();
 *   session.setCookie().ifPresent(cookie -> response.addHeader("Set-Cookie", cookie));
 * }
 * }</pre>
 *
 * <p>Every call ends by its deadline. Retryable errors are retried until then, with the same bytes
 * and growing pauses; a broken connection is made anew.
 */
public final class SojournClient implements AutoCloseable {
  private final Transport transport;
  private final Requests requests;
  private final Duration deadline;
  private final NewSession newSessions;

  SojournClient(Transport transport, String namespace, Duration deadline, NewSession newSessions) {
    this.transport = transport;
    this.requests = new Requests(transport, namespace, new SecureRandom());
    this.deadline = deadline;
    this.newSessions = newSessions;
  }

  /**
   * Connects to a node on this machine or in this site, without TLS. The connection is made with
   * the first call.
   *
   * @param target {@code host:port}
   * @param namespace the application's name
   * @throws IllegalArgumentException if one of them is not what it should be
   */
  public static SojournClient connect(String target, String namespace) {
    return builder(target, namespace).build();
  }

  /** As {@link #connect}, with more to say. */
  public static SojournClientBuilder builder(String target, String namespace) {
    return new SojournClientBuilder(target, namespace);
  }

  /**
   * Opens the session of a user, and reads its fields.
   *
   * <p>A hint that is missing, unreadable, expired, superseded or of an ended session gives an
   * empty session, and {@link Session#startedBecause()} says why. The store hears of it with the
   * first save that puts something into it; the cookie is replaced then.
   *
   * @param cookieHeader the value of the request's {@code Cookie} header; null if it had none.
   *     Several headers are to be joined with {@code "; "}
   * @throws SojournException if the session exists and cannot be read now, or was lost
   */
  public Session open(@Nullable String cookieHeader) {
    return open(cookieHeader, newSessions);
  }

  /** As {@link #open(String)}, with what a new session starts with: the user's country, for one. */
  public Session open(@Nullable String cookieHeader, NewSession start) {
    return requests.await(openAsync(cookieHeader, start));
  }

  public CompletableFuture<Session> openAsync(@Nullable String cookieHeader) {
    return openAsync(cookieHeader, newSessions);
  }

  public CompletableFuture<Session> openAsync(@Nullable String cookieHeader, NewSession start) {
    HintCookie.Found found = HintCookie.find(cookieHeader);
    if (found instanceof HintCookie.Found.Hint hint) {
      return existing(hint.hint(), start)
          .handle((session, failure) -> failure == null ? session : orEmpty(failure, start));
    }
    return CompletableFuture.completedFuture(empty(reason(found), start));
  }

  /**
   * Opens the session of a user who must have one.
   *
   * @throws SojournException if there is no hint, or none that is good for a session
   */
  public Session openExisting(@Nullable String cookieHeader) {
    return requests.await(openExistingAsync(cookieHeader));
  }

  public CompletableFuture<Session> openExistingAsync(@Nullable String cookieHeader) {
    HintCookie.Found found = HintCookie.find(cookieHeader);
    if (found instanceof HintCookie.Found.Hint hint) {
      return existing(hint.hint(), newSessions);
    }
    String text =
        found instanceof HintCookie.Found.Nothing
            ? "there is no cookie `" + HintCookie.NAME + "`"
            : "the cookie `" + HintCookie.NAME + "` holds no hint";
    return CompletableFuture.failedFuture(
        SojournException.of(Problem.of(ErrorCode.HINT_UNREADABLE, text)));
  }

  /** An empty session of a new user. The store hears of it with the first save. */
  public Session start() {
    return start(newSessions);
  }

  /** As {@link #start()}, with what the session starts with. */
  public Session start(NewSession start) {
    return empty(StartReason.NO_HINT, start);
  }

  /**
   * The session of a hint that is kept elsewhere than in a cookie. Asks nobody yet: whether the
   * hint is good shows with the first read or save, which throws if it is not.
   */
  public Session resume(String hint) {
    return new Session(requests, new Exchange(requests, newSessions, deadline, hint), null);
  }

  /**
   * Asks the POP what it knows of a session. Neither moves the session nor counts as its use.
   *
   * @param withValues whether to fetch the values of the fields too
   */
  public Inspection inspect(String hint, boolean withValues) {
    InspectRequest request =
        InspectRequest.newBuilder()
            .setNamespace(requests.namespace())
            .setHint(hint)
            .setIncludeFields(withValues)
            .build();
    InspectCall.Answer answer = requests.await(transport.inspect(request, deadline.toMillis()));
    if (answer instanceof InspectCall.Answer.Found found) {
      return Inspection.read(found.response());
    }
    throw SojournException.of(Problem.read(((InspectCall.Answer.Failed) answer).error()));
  }

  /**
   * Ends calls that are waiting with {@link ErrorCode#SHUTTING_DOWN}, and closes the connection.
   */
  @Override
  public void close() {
    transport.close();
  }

  private CompletableFuture<Session> existing(String hint, NewSession start) {
    Exchange exchange = new Exchange(requests, start, deadline, hint);
    Session session = new Session(requests, exchange, null);
    return exchange
        .read()
        .handle(
            (fields, failure) -> {
              if (failure == null) {
                return session;
              }
              throw new CompletionException(withSession(failure, session));
            });
  }

  /** Where versions are missing, the fresh hint would be lost with the session. */
  private static Throwable withSession(Throwable failure, Session session) {
    @Nullable Throwable inner = failure.getCause();
    Throwable cause = failure instanceof CompletionException && inner != null ? inner : failure;
    return cause instanceof VersionsMissingException missing ? missing.of(session) : cause;
  }

  private Session orEmpty(Throwable failure, NewSession start) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof SojournException known) {
      Optional<StartReason> reason = reason(known.code());
      if (reason.isPresent()) {
        return empty(reason.get(), start);
      }
      throw known;
    }
    throw new CompletionException(cause);
  }

  private Session empty(StartReason reason, NewSession start) {
    return new Session(requests, new Exchange(requests, start, deadline, null), reason);
  }

  private static StartReason reason(HintCookie.Found found) {
    return found instanceof HintCookie.Found.Nothing
        ? StartReason.NO_HINT
        : StartReason.HINT_UNREADABLE;
  }

  /**
   * Lost and rolled back are not among them: a user whose data is gone should not be told nothing.
   */
  private static Optional<StartReason> reason(ErrorCode code) {
    return switch (code) {
      case HINT_UNREADABLE -> Optional.of(StartReason.HINT_UNREADABLE);
      case HINT_EXPIRED -> Optional.of(StartReason.HINT_EXPIRED);
      case HINT_SUPERSEDED -> Optional.of(StartReason.HINT_SUPERSEDED);
      case SESSION_ENDED, SESSION_ERASED -> Optional.of(StartReason.SESSION_ENDED);
      default -> Optional.empty();
    };
  }
}
