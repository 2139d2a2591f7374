package dev.sojourn.core.request;

import com.google.common.collect.ImmutableList;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionKey;
import java.util.Optional;

/**
 * A client's request on one session. A retry is the same bytes: id, hint and operations.
 *
 * @param key from the hint; without a hint, the key that a new session of this request would have
 * @param hint empty when the client brought none: then only {@code creation} may make a session
 * @param operations at most the namespace's limit, already checked for form
 */
public record SessionRequest(
    RequestId id,
    SessionKey key,
    Optional<Hint> hint,
    Creation creation,
    ImmutableList<Operation> operations) {
  public boolean writes() {
    for (Operation operation : operations) {
      if (operation.writes()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the request ends the session if it succeeds. */
  public boolean destroys() {
    return !operations.isEmpty()
        && operations.get(operations.size() - 1) instanceof Operation.Destroy;
  }
}
