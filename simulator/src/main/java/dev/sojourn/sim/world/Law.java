package dev.sojourn.sim.world;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongBiFunction;

/**
 * Under which law a world stands.
 *
 * @param policy where data may be stored and seen when the world begins; empty: anywhere
 * @param later what each POP may be told to obey instead
 * @param residency of every session that is made
 */
public record Law(
    Optional<PolicyInForce> policy, Optional<PolicyInForce> later, Country residency) {
  public static final Law NONE = new Law(Optional.empty(), Optional.empty(), new Country("US"));

  private static final ImmutableMap<String, String> COUNTRIES =
      ImmutableMap.<String, String>builder()
          .put("bos", "US")
          .put("nyc", "US")
          .put("lax", "US")
          .put("tyo", "JP")
          .put("lon", "GB")
          .put("fra", "DE")
          .put("par", "FR")
          .put("syd", "AU")
          .buildOrThrow();

  /**
   * @param policy as a file would say it
   * @param rttMillis between two POPs
   * @throws IllegalArgumentException if it is not a policy
   */
  public static Law of(
      String policy, String residency, List<PopId> pops, ToLongBiFunction<PopId, PopId> rttMillis) {
    Sites sites =
        Sites.of(
            pops.stream().map(pop -> new Site(pop, countryOf(pop), ImmutableSet.of())).toList());
    try {
      CompiledPolicy rules =
          CompiledPolicy.compile(
              PolicyReader.read("policy.yaml", policy.getBytes(StandardCharsets.UTF_8)), sites);
      return new Law(
          Optional.of(
              new PolicyInForce(
                  rules,
                  PolicyInForce.nearness(
                      pops,
                      pop -> pop,
                      (from, to) -> to.equals(from) ? 0 : rttMillis.applyAsLong(from, to)))),
          Optional.empty(),
          new Country(residency));
    } catch (InvalidYamlException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The same law, which may become the other one's. */
  public Law before(Law other) {
    return new Law(policy, other.policy, residency);
  }

  /** Whose law holds at one of the POPs that simulated worlds have. */
  public static Country countryOf(PopId pop) {
    return new Country(COUNTRIES.getOrDefault(pop.name(), "ZZ"));
  }
}
