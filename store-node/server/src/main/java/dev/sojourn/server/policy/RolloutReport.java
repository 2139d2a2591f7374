package dev.sojourn.server.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * How far the policies have come at one POP. Immutable.
 *
 * @param signers ids of the keys whose signature is taken; none: no bundle is taken
 * @param settled decides at all POPs that hold the main one
 * @param main for all POPs, while some POP is not known to hold it
 * @param trial for some POPs, or in shadow
 * @param deciding versions of all that must allow a thing here, 0 for what the node began with
 * @param policy the deciding ones, as their authors named them
 * @param sinceMillis since when they decide
 * @param shadow how often the one in shadow would have said otherwise, in this process
 * @param others how the other POPs in service stand
 * @param lastRefusal the latest bundle that was not taken here
 */
public record RolloutReport(
    ImmutableSet<String> signers,
    Entry settled,
    Optional<Entry> main,
    Optional<Entry> trial,
    ImmutableList<Long> deciding,
    String policy,
    long sinceMillis,
    Shadows.Differences shadow,
    ImmutableList<Spread.Told> others,
    Optional<Refusal> lastRefusal) {

  /**
   * One policy.
   *
   * @param version 0 of what the node began with
   * @param policy as its author named it
   * @param signedAt by whom and when; empty of what the node began with
   */
  public record Entry(
      long version,
      String policy,
      String stage,
      Optional<String> keyId,
      Optional<String> signedAt) {}

  /**
   * @param from who brought it: a POP, or empty if it was pushed here
   */
  public record Refusal(long atMillis, Optional<PopId> from, String kind, String reason) {}

  RolloutReport counted(Shadows.Differences latest) {
    return new RolloutReport(
        signers, settled, main, trial, deciding, policy, sinceMillis, latest, others, lastRefusal);
  }

  /** How many POPs in service hold the same as this one, itself included. */
  public long holders() {
    return 1 + others.stream().filter(other -> other.standing() == Spread.Standing.HOLDS).count();
  }
}
