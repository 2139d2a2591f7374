package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * One site of the topology.
 *
 * @param country whose law holds there
 * @param latitude in degrees north
 * @param longitude in degrees east
 * @param labels for the residency policy to speak of
 * @param endpoint where its peers reach it; only a retired POP may have none
 */
public record Pop(
    PopId id,
    Country country,
    double latitude,
    double longitude,
    ImmutableList<String> labels,
    Optional<Address> endpoint,
    Status status) {

  /** Whether a POP is in service. */
  public enum Status {
    /** In service. */
    ACTIVE,
    /** Out of service for good; its id is kept, so that no other site ever bears it. */
    RETIRED
  }

  public boolean isRetired() {
    return status == Status.RETIRED;
  }
}
