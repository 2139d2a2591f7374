package dev.sojourn.server.rpc.session;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.hint.Hint;
import dev.sojourn.hint.HintOpener;
import dev.sojourn.hint.HintSealer;
import dev.sojourn.hint.KeyHasher;
import dev.sojourn.hint.KeyRing;
import dev.sojourn.hint.OpenedHint;
import dev.sojourn.server.rpc.convert.ParsedRequest;
import dev.sojourn.server.rpc.convert.RequestConverter;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds out which session a request is for. Opens the hint and looks at its expiry, as only the POP
 * that the client called does (rule R14b). One for each event loop: not thread-safe.
 */
final class RequestReader {
  private final PopId self;
  private final Country country;
  private final Function<PopId, Optional<Bytes>> stores;
  private final ServedNamespaces namespaces;
  private final HintOpener opener;
  private final KeyHasher hasher;
  private final Supplier<Optional<PolicyInForce>> policy;

  /**
   * A request that may go to its shard.
   *
   * @param key says which shard
   */
  record Accepted(KeyHash key, SessionRequest request) {}

  /** A hint that was opened, and the record that it leads to. */
  record Found(KeyHash key, SessionKey session, Hint hint) {}

  /**
   * @param country whose rules a session falls under that was created here without saying
   * @param policy says where a new session may be made
   * @param stores the id of each POP's store, as far as it is known: a part of what a new session's
   *     id is made of
   */
  RequestReader(
      PopId self,
      Country country,
      Function<PopId, Optional<Bytes>> stores,
      ServedNamespaces namespaces,
      KeyRing keys,
      Supplier<Optional<PolicyInForce>> policy) {
    this.policy = policy;
    this.self = self;
    this.country = country;
    this.stores = stores;
    this.namespaces = namespaces;
    this.opener = new HintOpener(keys);
    this.hasher = new KeyHasher(keys);
  }

  /**
   * @throws RejectedRequest with the typed problem to answer
   */
  Accepted read(ExecuteRequest wire, long nowMillis) throws RejectedRequest {
    ParsedRequest parsed = RequestConverter.parse(wire, country);
    if (parsed instanceof ParsedRequest.Rejected rejected) {
      throw new RejectedRequest(rejected.problem());
    }
    ParsedRequest.Accepted request = (ParsedRequest.Accepted) parsed;
    checkServed(request.namespace());
    if (request.hint().isEmpty()) {
      return newSession(request);
    }
    Found found = open(request.namespace(), request.hint(), nowMillis);
    return new Accepted(
        found.key(),
        new SessionRequest(
            request.id(),
            found.session(),
            Optional.of(found.hint()),
            request.creation(),
            request.operations()));
  }

  /** Opens the hint of a request that does not touch the session. */
  Found open(String namespaceName, String sealed, long nowMillis) throws RejectedRequest {
    if (!Namespace.isLawful(namespaceName)) {
      throw new RejectedRequest(
          ErrorCode.INVALID_REQUEST,
          "a namespace has 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
    }
    Namespace namespace = new Namespace(namespaceName);
    checkServed(namespace);
    return open(namespace, sealed, nowMillis);
  }

  private void checkServed(Namespace namespace) throws RejectedRequest {
    if (!namespaces.isServed(namespace)) {
      throw new RejectedRequest(
          ErrorCode.UNKNOWN_NAMESPACE, "this POP has no namespace `" + namespace + "`");
    }
  }

  /** Clients are not authenticated yet, so the caller is the namespace (rule R9c). */
  private Accepted newSession(ParsedRequest.Accepted request) throws RejectedRequest {
    Namespace namespace = request.namespace();
    PopId birth =
        policy
            .get()
            .map(
                rules ->
                    rules.birthOf(
                        namespace, request.creation().residency(), request.operations(), self))
            .orElse(self);
    Optional<Bytes> store = stores.apply(birth);
    if (store.isEmpty()) {
      throw new RejectedRequest(
          Problem.of(
                  ErrorCode.OWNER_UNREACHABLE,
                  "`" + birth + "`, where this session may rest, has not been heard of yet")
              .about(birth));
    }
    Bytes unique = hasher.sessionUnique(namespace, namespace.name(), store.get(), request.id());
    SessionKey session = new SessionKey(namespace, new SessionId(birth, unique));
    return new Accepted(
        hasher.hash(session),
        new SessionRequest(
            request.id(),
            session,
            Optional.empty(),
            request.creation().withStore(store.get()),
            request.operations()));
  }

  private Found open(Namespace namespace, String sealed, long nowMillis) throws RejectedRequest {
    OpenedHint opened = opener.open(namespace, sealed);
    if (opened instanceof OpenedHint.Unreadable unreadable) {
      throw new RejectedRequest(ErrorCode.HINT_UNREADABLE, explain(unreadable.reason()));
    }
    Hint hint = ((OpenedHint.Readable) opened).hint();
    if (hint.expiresAtMillis() <= nowMillis) {
      throw new RejectedRequest(ErrorCode.HINT_EXPIRED, "the hint's time is over");
    }
    SessionKey session = new SessionKey(namespace, hint.id());
    return new Found(hasher.hash(session), session, hint);
  }

  private static String explain(OpenedHint.Reason reason) {
    return switch (reason) {
      case TOO_LONG -> "the hint is longer than " + HintSealer.LENGTH_MAX + " characters";
      case NOT_BASE64 -> "the hint has characters that no hint has";
      case UNKNOWN_VERSION -> "the hint has a layout that this release does not know";
      case UNKNOWN_KEY -> "the hint is sealed under a key that this POP does not have";
      case NOT_AUTHENTIC -> "the hint was altered, or made for another namespace";
      case MALFORMED -> "the hint is cut short or malformed";
    };
  }
}
