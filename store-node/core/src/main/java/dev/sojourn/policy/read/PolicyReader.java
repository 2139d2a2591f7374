package dev.sojourn.policy.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.RuleId;
import dev.sojourn.policy.Ruleset;
import dev.sojourn.value.Namespace;
import dev.sojourn.yaml.InvalidYamlException;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import dev.sojourn.yaml.YamlValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a policy file. Any bytes give a policy or problems with their places; none give an
 * exception. What a policy may well mean, and its author should look at, becomes a warning.
 */
public final class PolicyReader {
  static final int NAMESPACES_MAX = 100;
  static final int RULES_MAX = 5_000;

  private static final long GRACE_MILLIS_MAX = 90 * 86_400_000L;
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,31}");

  private final YamlFields root;
  private int ruleCount;

  private PolicyReader(YamlFields root) {
    this.root = root;
  }

  /**
   * Reads {@code content}, UTF-8. What is wrong is added to {@code problems}, and then there is no
   * policy; warnings are added there too.
   */
  public static Optional<Policy> read(byte[] content, YamlProblems problems) {
    Optional<Policy> policy =
        YamlReader.read(content, problems).map(root -> new PolicyReader(root).read());
    if (policy.isEmpty() || !problems.isEmpty()) {
      return Optional.empty();
    }
    new PatternCheck(policy.get(), problems).run();
    new RuleCheck(policy.get(), problems).run();
    return policy.filter(read -> problems.isEmpty());
  }

  /**
   * Reads a policy whose warnings nobody asks for.
   *
   * @param file as a person names it
   * @throws InvalidYamlException with every problem; its message is for a person
   */
  public static Policy read(String file, byte[] content) throws InvalidYamlException {
    YamlProblems problems = YamlProblems.of(file);
    Optional<Policy> policy = read(content, problems);
    problems.throwIfAny();
    return policy.orElseThrow();
  }

  private Policy read() {
    Optional<String> version = root.require("version").text(PolicyReader::version);
    GroupReader groups = new GroupReader(root.get("groups"));
    ImmutableList<DataClass> classes = new ClassReader(root.get("classes")).read();
    ImmutableMap<Namespace, Ruleset> namespaces =
        namespaces(new RuleReader(new PlaceWords(groups), classes));
    root.finish();
    return new Policy(version.orElse(""), groups.all(), classes, namespaces);
  }

  private ImmutableMap<Namespace, Ruleset> namespaces(RuleReader rules) {
    Map<Namespace, Ruleset> namespaces = new LinkedHashMap<>();
    YamlValue section = root.require("namespaces");
    Optional<YamlFields> fields = section.mapping();
    ImmutableList<YamlFields.Named> entries =
        fields.map(YamlFields::entries).orElseGet(ImmutableList::of);
    if (fields.isPresent() && entries.isEmpty()) {
      section.refuse("there is no namespace", "name at least one application and its rules");
    }
    if (entries.size() > NAMESPACES_MAX) {
      section.refuse(
          "more than " + NAMESPACES_MAX + " namespaces", "let applications share a namespace");
      return ImmutableMap.of();
    }
    for (YamlFields.Named entry : entries) {
      Optional<Namespace> name = entry.key().text(Namespace::new);
      Optional<YamlFields> content = entry.value().mapping();
      if (name.isPresent() && content.isPresent()) {
        namespaces.put(name.get(), ruleset(name.get(), entry.key(), content.get(), rules));
      }
    }
    return ImmutableMap.copyOf(namespaces);
  }

  private Ruleset ruleset(Namespace name, YamlValue key, YamlFields fields, RuleReader reader) {
    Optional<Long> grace = fields.get("grace").durationMillis(0, GRACE_MILLIS_MAX);
    Map<RuleId, YamlValue> seen = new HashMap<>();
    ImmutableList.Builder<Rule> rules = ImmutableList.builder();
    for (YamlValue item : fields.require("rules").list()) {
      if (++ruleCount > RULES_MAX) {
        item.refuse(
            "more than " + RULES_MAX + " rules", "join rules that say the same, by longer lists");
        break;
      }
      item.mapping().flatMap(rule -> reader.read(rule, seen)).ifPresent(rules::add);
    }
    fields.finish();
    return new Ruleset(name, grace.orElse(Ruleset.GRACE_MILLIS_DEFAULT), rules.build(), key.span());
  }

  private static String version(String text) {
    if (!VERSION.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is not a version: 1 to 32 letters, digits, dots and dashes, such as `2026-11-23`");
    }
    return text;
  }
}
