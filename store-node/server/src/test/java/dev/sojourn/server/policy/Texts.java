package dev.sojourn.server.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.server.config.Address;
import dev.sojourn.server.config.Pop;
import dev.sojourn.server.config.Topology;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Policies and bundles for tests. */
final class Texts {
  static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
  static final PopId BOS = new PopId("bos");
  static final PopId FRA = new PopId("fra");
  static final PopId NYC = new PopId("nyc");

  private Texts() {}

  /** A policy of this name that lets data be stored in these places. */
  static String policy(String name, String places) {
    return """
        version: %s
        namespaces:
          shop:
            rules:
              - {id: only, why: a duty, store: %s}
        """
        .formatted(name, places);
  }

  static Stage at(PopId... pops) {
    return new Stage.At(ImmutableSortedSet.copyOf(pops));
  }

  static Bundle bundle(long version, Stage stage, OfficerKey officer) {
    return BundleText.sign(version, stage, NOON, policy("v" + version, "[US, DE]"), officer);
  }

  /** POPs in the United States. */
  static Topology topology(PopId... pops) {
    ImmutableMap.Builder<PopId, Pop> all = ImmutableMap.builder();
    for (PopId pop : Arrays.asList(pops)) {
      all.put(
          pop,
          new Pop(
              pop,
              new Country("US"),
              0,
              0,
              ImmutableList.of(),
              Optional.of(new Address("127.0.0.1", 7401)),
              Pop.Status.ACTIVE));
    }
    return new Topology(all.buildOrThrow(), ImmutableMap.of());
  }

  /** The same, with one of them out of service for good. */
  static Topology retired(Topology topology, PopId gone) {
    ImmutableMap.Builder<PopId, Pop> all = ImmutableMap.builder();
    for (Pop pop : topology.pops().values()) {
      boolean isGone = pop.id().equals(gone);
      all.put(
          pop.id(),
          new Pop(
              pop.id(),
              pop.country(),
              pop.latitude(),
              pop.longitude(),
              pop.labels(),
              pop.endpoint(),
              isGone ? Pop.Status.RETIRED : pop.status()));
    }
    return new Topology(all.buildOrThrow(), topology.namespaces());
  }
}
