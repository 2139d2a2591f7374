package dev.sojourn.server.shell;

import dev.sojourn.core.request.Reply;

/** Whoever waits for the answer to one request. */
@FunctionalInterface
public interface Caller {
  /** Called once, on the loop of the shard that the request went to; must not block. */
  void answered(Reply reply);
}
