package dev.sojourn.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableSet;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.read.PolicyReader;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.InvalidYamlException;
import java.util.stream.Stream;

/** Policies of the three POPs {@code a}, {@code b} and {@code c}, all of one country. */
final class ThreePops {
  private ThreePops() {}

  static CompiledPolicy obey(String yaml) {
    Sites sites =
        Sites.of(
            Stream.of("a", "b", "c")
                .map(name -> new Site(new PopId(name), new Country("DE"), ImmutableSet.of()))
                .toList());
    try {
      return CompiledPolicy.compile(PolicyReader.read("policy.yaml", yaml.getBytes(UTF_8)), sites);
    } catch (InvalidYamlException e) {
      throw new AssertionError(e);
    }
  }
}
