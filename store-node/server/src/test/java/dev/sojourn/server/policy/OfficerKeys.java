package dev.sojourn.server.policy;

import dev.sojourn.server.config.PolicySigners;

/** Lets nodes of tests know officers. */
public final class OfficerKeys {
  private OfficerKeys() {}

  public static PolicySigners signers(OfficerKey... officers) {
    return BundleTextTest.signers(officers);
  }
}
