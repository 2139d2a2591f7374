package dev.sojourn.server.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Sites;
import java.util.Optional;

/**
 * Policies that decide together, and one that is only asked.
 *
 * @param all what every one of them allows happens; at least one
 */
public record Deciders(ImmutableList<Policy> all, Optional<Policy> shadow) {
  public static Deciders of(Policy alone) {
    return new Deciders(ImmutableList.of(alone), Optional.empty());
  }

  CompiledPolicy compile(Sites sites) {
    // The same one again, under another number, makes nothing stricter.
    ImmutableList<Policy> different = ImmutableSet.copyOf(all).asList();
    CompiledPolicy compiled = CompiledPolicy.compile(different.get(0), sites);
    for (Policy each : different.subList(1, different.size())) {
      compiled = compiled.stricter(CompiledPolicy.compile(each, sites));
    }
    return compiled;
  }
}
