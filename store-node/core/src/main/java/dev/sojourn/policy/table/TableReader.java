package dev.sojourn.policy.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Rule;
import dev.sojourn.policy.RuleId;
import dev.sojourn.policy.Site;
import dev.sojourn.policy.Sites;
import dev.sojourn.policy.Verdict;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlProblems;
import dev.sojourn.yaml.YamlReader;
import dev.sojourn.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a file of table tests. Any bytes give cases or problems with their places. */
public final class TableReader {
  static final int CASES_MAX = 20_000;

  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final ImmutableMap<String, Boolean> ANSWERS =
      ImmutableMap.of("yes", true, "no", false, "true", true, "false", false);
  private static final ImmutableMap<String, Verdict> ACTIONS =
      ImmutableMap.of(
          "remote", Verdict.REMOTE,
          "nearest", Verdict.NEAREST,
          "redact", Verdict.REDACT,
          "deny", Verdict.DENY);

  private final Policy policy;
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private final CompiledPolicy classes;
  private final List<TableCase> cases = new ArrayList<>();

  private TableReader(Policy policy, Sites topology) {
    this.policy = policy;
    this.classes = CompiledPolicy.compile(policy, Sites.of(ImmutableList.of()));
    topology.byPop().forEach((pop, site) -> sites.put(pop.name(), site));
  }

  /**
   * Reads {@code content}, UTF-8. What is wrong is added to {@code problems}, and then there are no
   * cases.
   *
   * @param topology POPs that cases may name, beside those that the file lists itself
   */
  public static Optional<ImmutableList<TableCase>> read(
      byte[] content, Policy policy, Sites topology, YamlProblems problems) {
    Optional<YamlFields> root = YamlReader.read(content, problems);
    Optional<ImmutableList<TableCase>> cases =
        root.map(fields -> new TableReader(policy, topology).read(fields));
    return cases.filter(read -> problems.isEmpty());
  }

  private ImmutableList<TableCase> read(YamlFields root) {
    for (YamlValue item : root.get("pops").list()) {
      item.mapping().ifPresent(this::addSite);
    }
    YamlValue list = root.require("cases");
    ImmutableList<YamlValue> items = list.list();
    for (YamlValue item : items) {
      item.mapping().ifPresent(this::addCases);
    }
    if (list.isPresent() && items.isEmpty()) {
      list.refuse("there is no case", "ask at least one question");
    }
    root.finish();
    return ImmutableList.copyOf(cases);
  }

  private void addSite(YamlFields fields) {
    YamlValue idValue = fields.require("id");
    Optional<PopId> id = idValue.text(PopId::new);
    Optional<Country> country = fields.require("country").text(TableReader::country);
    ImmutableSet.Builder<String> labels = ImmutableSet.builder();
    for (YamlValue label : fields.get("labels").listOrOne()) {
      label.text().ifPresent(labels::add);
    }
    fields.finish();
    if (id.isPresent() && country.isPresent()) {
      sites.put(id.get().name(), new Site(id.get(), country.get(), labels.build()));
    }
  }

  private void addCases(YamlFields fields) {
    Optional<String> name = fields.get("name").text();
    Optional<Namespace> namespace = namespace(fields.require("namespace"));
    List<Country> residencies = new ArrayList<>();
    for (YamlValue item : fields.require("residency").listOrOne()) {
      item.text(TableReader::country).ifPresent(residencies::add);
    }
    List<Site> places = new ArrayList<>();
    for (YamlValue item : fields.require("pop").listOrOne()) {
      site(item).ifPresent(places::add);
    }
    Optional<DataClass> dataClass = dataClass(fields, namespace);
    Optional<Expectation> expectation =
        fields.require("expect").mapping().flatMap(each -> expectation(each, namespace));
    fields.finish();
    if (namespace.isEmpty() || dataClass.isEmpty() || expectation.isEmpty()) {
      return;
    }
    for (Country residency : residencies) {
      for (Site place : places) {
        if (cases.size() >= CASES_MAX) {
          fields.problems().add(fields.span(), "more than " + CASES_MAX + " cases", "ask fewer");
          return;
        }
        String title =
            namespace.get()
                + ", "
                + residency
                + ", "
                + dataClass.get().name()
                + " at "
                + place.pop();
        cases.add(
            new TableCase(
                name.map(given -> given + " (" + title + ")").orElse(title),
                namespace.get(),
                residency,
                dataClass.get(),
                place,
                expectation.get(),
                fields.span()));
      }
    }
  }

  private Optional<Namespace> namespace(YamlValue value) {
    Optional<Namespace> name = value.text(Namespace::new);
    if (name.isPresent() && !policy.namespaces().containsKey(name.get())) {
      value.warn(
          "the policy does not name namespace `" + name.get() + "`",
          "this asks what holds where no rule speaks");
    }
    return name;
  }

  private Optional<DataClass> dataClass(YamlFields fields, Optional<Namespace> namespace) {
    YamlValue classValue = fields.get("class");
    YamlValue fieldValue = fields.get("field");
    YamlValue labelValue = fields.get("label");
    Optional<String> name = classValue.text();
    Optional<String> field = fieldValue.text();
    Optional<String> label = labelValue.text();
    if (classValue.isPresent() == (fieldValue.isPresent() || labelValue.isPresent())) {
      fields
          .problems()
          .add(
              fields.span(),
              "which data is meant?",
              "give either `class`, or `field` and perhaps the application's `label`");
      return Optional.empty();
    }
    if (name.isEmpty()) {
      NamespacePolicy tables = classes.of(namespace.orElse(new Namespace("any")));
      return Optional.of(tables.classOf(field.orElse(""), label.orElse("")));
    }
    Optional<DataClass> found = policy.findClass(name.get());
    if (found.isEmpty()) {
      classValue.refuseUnknown(
          "class",
          name.get(),
          Iterables.transform(policy.classes(), DataClass::name),
          "ask for one that the policy declares, or for a `field`");
    }
    return found;
  }

  private Optional<Site> site(YamlValue value) {
    Optional<String> text = value.text();
    Optional<Site> site = text.flatMap(name -> Optional.ofNullable(sites.get(name)));
    if (text.isEmpty() || site.isPresent()) {
      return site;
    }
    String name = text.get();
    if (COUNTRY.matcher(name).matches() && Countries.isKnown(new Country(name))) {
      return Optional.of(anyIn(new Country(name)));
    }
    value.refuseUnknown(
        "POP",
        name,
        sites.keySet(),
        "list it under `pops`, give a topology, or write a country in capitals for any POP there");
    return Optional.empty();
  }

  /** A POP without labels in that country, under an id that no other bears. */
  private Site anyIn(Country country) {
    String id = country.code().toLowerCase(Locale.ROOT);
    while (sites.containsKey(id)) {
      id += "x";
    }
    Site site = new Site(new PopId(id), country, ImmutableSet.of());
    sites.put(country.code(), site);
    sites.put(id, site);
    return site;
  }

  private Optional<Expectation> expectation(YamlFields fields, Optional<Namespace> namespace) {
    YamlValue ruleValue = fields.get("rule");
    Optional<String> rule = ruleValue.text();
    Expectation expectation =
        new Expectation(
            fields.get("store").choice("answer", ANSWERS),
            fields.get("access").choice("answer", ANSWERS),
            fields.get("else").choice("action", ACTIONS),
            rule);
    fields.finish();
    ImmutableList<String> known =
        namespace.map(policy::rulesOf).orElse(ImmutableList.of()).stream()
            .map(Rule::id)
            .map(RuleId::name)
            .collect(ImmutableList.toImmutableList());
    boolean isKnown =
        rule.isEmpty() || rule.get().equals(Expectation.NO_RULE) || known.contains(rule.get());
    if (!isKnown) {
      ruleValue.refuseUnknown("rule", rule.orElse(""), known, "write `none` if no rule decides");
    }
    boolean asksNothing =
        expectation.store().isEmpty()
            && expectation.access().isEmpty()
            && expectation.otherwise().isEmpty()
            && rule.isEmpty();
    if (asksNothing) {
      fields
          .problems()
          .add(fields.span(), "nothing is expected", "give `store`, `access`, `else` or `rule`");
    }
    return Optional.of(expectation);
  }

  private static Country country(String text) {
    if (text.equals("unknown")) {
      return Country.UNKNOWN;
    }
    Country country = new Country(text);
    if (!Countries.isKnown(country)) {
      throw new IllegalArgumentException(
          "`" + text + "` is not in ISO 3166-1; what nobody knows is `unknown`");
    }
    return country;
  }
}
