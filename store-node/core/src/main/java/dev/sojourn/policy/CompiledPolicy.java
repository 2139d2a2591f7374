package dev.sojourn.policy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import dev.sojourn.value.Namespace;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A policy made ready for the POPs of one topology. Make a new one whenever either changes.
 * Immutable.
 */
public final class CompiledPolicy {
  private final String version;
  private final ImmutableMap<Namespace, NamespacePolicy> namespaces;
  private final NamespacePolicy silent;

  private CompiledPolicy(
      String version, ImmutableMap<Namespace, NamespacePolicy> namespaces, NamespacePolicy silent) {
    this.version = version;
    this.namespaces = namespaces;
    this.silent = silent;
  }

  /**
   * Takes time and space that grow with rules times POPs.
   *
   * @param sites the POPs in service; any other POP is denied everything
   */
  public static CompiledPolicy compile(Policy policy, Sites sites) {
    PopColumns columns = new PopColumns(sites);
    return new CompiledPolicy(
        policy.version(),
        ImmutableMap.copyOf(
            Maps.transformValues(
                policy.namespaces(),
                ruleset -> new NamespaceCompiler(policy.classes(), columns).compile(ruleset))),
        new NamespaceCompiler(policy.classes(), columns).compileSilence());
  }

  /** As the policy's author wrote it; of two joined policies, both, a plus sign between them. */
  public String version() {
    return version;
  }

  /**
   * What holds in a namespace. Where the policy does not name it, no rule speaks: sensitive classes
   * and unknown countries are denied there.
   */
  public NamespacePolicy of(Namespace namespace) {
    NamespacePolicy named = namespaces.get(namespace);
    return named == null ? silent : named;
  }

  @Override
  public String toString() {
    return "CompiledPolicy[" + version + "]";
  }

  /**
   * What both policies allow, for the POPs that both know: while a new one is rolled out, each end
   * decides by this.
   */
  public CompiledPolicy stricter(CompiledPolicy other) {
    Set<Namespace> names = new LinkedHashSet<>();
    Iterables.addAll(names, Iterables.concat(namespaces.keySet(), other.namespaces.keySet()));
    return new CompiledPolicy(
        version.equals(other.version) ? version : version + "+" + other.version,
        ImmutableMap.copyOf(Maps.asMap(names, name -> of(name).stricter(other.of(name)))),
        silent.stricter(other.silent));
  }
}
