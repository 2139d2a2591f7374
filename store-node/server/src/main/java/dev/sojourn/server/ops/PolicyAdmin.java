package dev.sojourn.server.ops;

import dev.sojourn.server.policy.BundleRefused;
import dev.sojourn.server.policy.RolloutReport;
import java.util.Optional;

/** What the admin port does with policies. */
public interface PolicyAdmin {
  /**
   * Takes a signed policy.
   *
   * @throws BundleRefused if the node goes on with what it has
   */
  void push(byte[] bundle) throws BundleRefused;

  /** Empty where the node has no policy. */
  Optional<RolloutReport> report();
}
