package dev.sojourn.server.shell;

import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.request.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whoever waits for an answer of one shard, by token. Most requests are answered while the core
 * handles them: the newest caller stays out of the map until it is known to wait. Driven by one
 * thread.
 */
final class Callers {
  private final Map<Long, Caller> waiting = new HashMap<>();
  private long lastToken;
  private @Nullable Caller newest;

  /** Takes in a caller, and gives it a token. */
  long add(Caller caller) {
    park();
    newest = caller;
    return ++lastToken;
  }

  /** Answers whoever has {@code token}. Does nothing if that was done before. */
  void answer(long token, Reply reply) {
    Caller found;
    if (token == lastToken && newest != null) {
      found = newest;
      newest = null;
    } else {
      found = waiting.remove(token);
    }
    if (found != null) {
      found.answered(reply);
    }
  }

  /** Answers all that wait. */
  void failAll(Problem problem) {
    park();
    List<Caller> failed = List.copyOf(waiting.values());
    waiting.clear();
    failed.forEach(caller -> caller.answered(failure(problem)));
  }

  int size() {
    return waiting.size() + (newest == null ? 0 : 1);
  }

  private void park() {
    if (newest != null) {
      waiting.put(lastToken, newest);
      newest = null;
    }
  }

  static Problem shuttingDown() {
    return Problem.of(ErrorCode.SHUTTING_DOWN, "this node has stopped before it could answer");
  }

  static Reply failure(Problem problem) {
    return new Reply(new Outcome.Failure(problem), Reply.How.LOCAL, Optional.empty(), 0);
  }
}
