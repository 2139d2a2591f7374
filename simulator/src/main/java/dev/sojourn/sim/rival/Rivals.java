package dev.sojourn.sim.rival;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** All that ours can be compared with. Add yours here. */
public final class Rivals {
  private static final ImmutableList<Strategy> ALL =
      ImmutableList.of(
          new CentralStore(),
          new ReplicateAsync(),
          new ReplicateQuorum(),
          new StickyHome(),
          new ConsistentHash(),
          new FirstTouch(),
          new SealedCookie());

  private Rivals() {}

  /** By name, in the order of reports. The offline optimum is not among them: it needs a metric. */
  public static ImmutableMap<String, Strategy> byName() {
    return ALL.stream().collect(ImmutableMap.toImmutableMap(Strategy::name, each -> each));
  }
}
