package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.value.Namespace;
import java.util.Optional;

/**
 * What a policy file says, groups resolved. Immutable.
 *
 * @param version as its author wrote it; nothing is read into it
 * @param groups those that the file defines, in its order
 * @param classes in the file's order; the last is always {@code default}, even if the file does not
 *     declare it
 * @param namespaces in the file's order
 */
public record Policy(
    String version,
    ImmutableMap<String, Group> groups,
    ImmutableList<DataClass> classes,
    ImmutableMap<Namespace, Ruleset> namespaces) {

  /** Of this name, if the policy declares it. */
  public Optional<DataClass> findClass(String name) {
    return classes.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The rules of a namespace; none if the policy does not speak of it. */
  public ImmutableList<Rule> rulesOf(Namespace namespace) {
    Ruleset ruleset = namespaces.get(namespace);
    return ruleset == null ? ImmutableList.of() : ruleset.rules();
  }
}
