package dev.sojourn.server.policy;

import dev.sojourn.core.PolicyInForce;
import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.value.PopId;

/** What a {@link RolloutDesk} has others do. No call blocks. */
public interface PolicyPosts {
  /** Tells a POP to which a stream is up. */
  void send(PopId to, PolicyNews news);

  /** Opens a stream. */
  void dial(PopId to);

  /**
   * Another policy is in force from now on, or the same one for other POPs.
   *
   * @param toSweep whether what lies here may have to go
   */
  void obey(PolicyInForce policy, boolean toSweep);
}
