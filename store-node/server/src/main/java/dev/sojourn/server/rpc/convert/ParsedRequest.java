package dev.sojourn.server.rpc.convert;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.Creation;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.Problem;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.RequestId;

/** What came of looking at a client's request. */
public sealed interface ParsedRequest {
  /**
   * In good form; whether the namespace exists and the hint opens is still to be seen.
   *
   * @param hint as received; empty for none
   * @param creation what a new session would start with, in no store yet; all defaults where there
   *     is a hint
   */
  record Accepted(
      Namespace namespace,
      String hint,
      RequestId id,
      Creation creation,
      ImmutableList<Operation> operations)
      implements ParsedRequest {
    /** Neither the hint, which is a credential, nor what the operations hold. */
    @Override
    public String toString() {
      return operations.size() + " operations in " + namespace;
    }
  }

  /** It breaks a rule of the wire, and nothing was touched. */
  record Rejected(Problem problem) implements ParsedRequest {}
}
