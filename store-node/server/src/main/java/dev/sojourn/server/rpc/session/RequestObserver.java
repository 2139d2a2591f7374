package dev.sojourn.server.rpc.session;

import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Reply;

/** Counts what clients were answered. Called by many threads; must be quick. */
public interface RequestObserver {
  void answered(Reply.How how);

  void refused(ErrorCode code);
}
