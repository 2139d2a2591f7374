package dev.sojourn.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a {@link SojournTestKit} starts with. Not thread-safe. */
public final class SojournTestKitBuilder {
  private final List<TestPop> pops = new ArrayList<>();
  private final List<String> namespaces = new ArrayList<>();
  private Optional<String> policy = Optional.empty();

  SojournTestKitBuilder() {}

  /** A POP at the equator, where distances do not matter. */
  public SojournTestKitBuilder pop(String id, String country) {
    return pop(id, country, 0, 10.0 * pops.size());
  }

  /**
   * A POP. Its id, country and place are as in {@code topology.yaml}.
   *
   * @param id 1 to 12 characters of {@code a-z 0-9 -}, starting with a letter
   * @param country ISO 3166-1, two capitals
   */
  public SojournTestKitBuilder pop(String id, String country, double latitude, double longitude) {
    pops.add(new TestPop(id, country, latitude, longitude));
    return this;
  }

  /** An application whose sessions follow their user at once, so that a test need not wait. */
  public SojournTestKitBuilder namespace(String name) {
    return namespace(name, "move: always");
  }

  /**
   * An application with settings of its own.
   *
   * @param settings lines of YAML, as below a namespace's name in {@code topology.yaml}
   */
  public SojournTestKitBuilder namespace(String name, String settings) {
    namespaces.add("  - name: " + name + "\n" + settings.strip().indent(4));
    return this;
  }

  /** A residency policy, the text of a {@code policy.yaml}. Left out, data may be anywhere. */
  public SojournTestKitBuilder policy(String yaml) {
    this.policy = Optional.of(yaml);
    return this;
  }

  /**
   * Starts all POPs; they are ready when this returns.
   *
   * @throws IllegalArgumentException if a POP, namespace or policy is not as it should be; the
   *     message names the place and the mistake
   * @throws IllegalStateException if this machine does not let a node start
   */
  public SojournTestKit start() {
    if (pops.isEmpty() || namespaces.isEmpty()) {
      throw new IllegalArgumentException("a test kit has at least one POP and one namespace");
    }
    return SojournTestKit.start(List.copyOf(pops), String.join("", namespaces), policy);
  }
}
