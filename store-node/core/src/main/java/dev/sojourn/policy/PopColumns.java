package dev.sojourn.policy;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.value.PopId;
import org.jspecify.annotations.Nullable;

/** Where the POPs of a topology stand in the rows of decisions. */
final class PopColumns {
  private final ImmutableMap<PopId, Column> byPop;

  /**
   * @param index from 0
   * @param country the slot of the POP's country
   */
  record Column(Site site, int index, int country) {}

  PopColumns(Sites sites) {
    ImmutableMap.Builder<PopId, Column> columns = ImmutableMap.builder();
    int index = 0;
    for (Site site : sites.byPop().values()) {
      columns.put(site.pop(), new Column(site, index++, CountrySet.slot(site.country())));
    }
    this.byPop = columns.buildOrThrow();
  }

  @Nullable Column find(PopId pop) {
    return byPop.get(pop);
  }

  Iterable<Column> all() {
    return byPop.values();
  }

  int size() {
    return byPop.size();
  }
}
