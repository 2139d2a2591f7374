package dev.sojourn.server.policy;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.value.PopId;
import java.util.Optional;

/** Where a policy is to decide, beside the one that decided before it. */
public sealed interface Stage {
  /** Nowhere: it is only asked, and its differences are counted. */
  record Shadow() implements Stage {
    @Override
    public boolean includes(PopId pop) {
      return false;
    }

    @Override
    public String text() {
      return "shadow";
    }
  }

  /**
   * At some POPs.
   *
   * @param pops at least one
   */
  record At(ImmutableSortedSet<PopId> pops) implements Stage {
    @Override
    public boolean includes(PopId pop) {
      return pops.contains(pop);
    }

    @Override
    public String text() {
      return PREFIX + Joiner.on(',').join(pops);
    }
  }

  /** At all, and alone as soon as all have it. */
  record All() implements Stage {
    @Override
    public boolean includes(PopId pop) {
      return true;
    }

    @Override
    public String text() {
      return "all";
    }
  }

  /** So that a POP named {@code all} is told from all POPs. */
  String PREFIX = "at ";

  boolean includes(PopId pop);

  /** As it stands in a bundle: {@code shadow}, {@code all}, or such as {@code at bos,nyc}. */
  String text();

  /** Empty if it is none of these. */
  static Optional<Stage> parse(String text) {
    if (text.equals("shadow")) {
      return Optional.of(new Shadow());
    } else if (text.equals("all")) {
      return Optional.of(new All());
    } else if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    ImmutableSortedSet.Builder<PopId> pops = ImmutableSortedSet.naturalOrder();
    for (String name : Splitter.on(',').split(text.substring(PREFIX.length()))) {
      if (!PopId.isLawful(name)) {
        return Optional.empty();
      }
      pops.add(new PopId(name));
    }
    return Optional.of(new At(pops.build()));
  }
}
