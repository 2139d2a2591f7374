package dev.sojourn.server.shell;

import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.value.PopId;

/** Who is told what other POPs say of signed policies. No call may block. */
public interface PolicyListener {
  /**
   * A stream to {@code pop} is up.
   *
   * @param takesNews whether its release knows what signed policies are; else it is told nothing
   */
  void connected(PopId pop, boolean takesNews);

  void disconnected(PopId pop);

  void told(PopId from, PolicyNews news);
}
