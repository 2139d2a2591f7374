package dev.sojourn.server.policy;

import dev.sojourn.core.link.PolicyMark;
import java.util.Optional;

/**
 * A policy that decides, or may come to: what a node began with, or a signed one.
 *
 * @param yaml to the letter
 * @param bundle empty of what the node began with, which is version 0
 */
record Edition(String yaml, Optional<Bundle> bundle) {
  static Edition beginning(String yaml) {
    return new Edition(yaml, Optional.empty());
  }

  static Edition of(Bundle bundle) {
    return new Edition(bundle.yaml(), Optional.of(bundle));
  }

  long version() {
    return bundle.map(Bundle::version).orElse(0L);
  }

  PolicyMark mark() {
    return bundle.map(Bundle::mark).orElse(PolicyMark.NONE);
  }
}
