package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.NamespaceSettings;
import dev.sojourn.server.config.Pop.Status;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.yaml.YamlFields;
import dev.sojourn.yaml.YamlValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** From the keys of {@code topology.yaml} to a {@link Topology}. */
final class TopologyReader {
  private static final ImmutableMap<String, Status> STATUSES =
      ImmutableMap.of("active", Status.ACTIVE, "retired", Status.RETIRED);
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private final Map<PopId, Pop> pops = new LinkedHashMap<>();
  private final Map<Address, PopId> endpoints = new HashMap<>();
  private final Map<Namespace, NamespaceSettings> namespaces = new LinkedHashMap<>();

  /** What is wrong is reported, and left out of the result. */
  Topology read(YamlFields root) {
    YamlValue sites = root.require("pops");
    for (YamlValue item : sites.list()) {
      item.mapping().ifPresent(this::addPop);
    }
    YamlValue applications = root.require("namespaces");
    for (YamlValue item : applications.list()) {
      item.mapping().ifPresent(this::addNamespace);
    }
    root.finish();
    if (root.problems().isEmpty() && pops.values().stream().allMatch(Pop::isRetired)) {
      sites.refuse("no POP is active", "list at least this node's own");
    }
    if (root.problems().isEmpty() && namespaces.isEmpty()) {
      applications.refuse("there is no namespace", "list at least one application");
    }
    return new Topology(ImmutableMap.copyOf(pops), ImmutableMap.copyOf(namespaces));
  }

  private void addPop(YamlFields fields) {
    YamlValue idValue = fields.require("id");
    Optional<PopId> id = idValue.text(PopId::new);
    Optional<Country> country = fields.require("country").text(TopologyReader::country);
    Optional<Double> latitude = fields.require("latitude").decimal(-90, 90);
    Optional<Double> longitude = fields.require("longitude").decimal(-180, 180);
    ImmutableList<String> labels = labels(fields.get("labels"));
    Status status = fields.get("status").choice("status", STATUSES).orElse(Status.ACTIVE);
    YamlValue endpointValue =
        status == Status.RETIRED ? fields.get("endpoint") : fields.require("endpoint");
    Optional<Address> endpoint = endpointValue.text(Address::parseReachable);
    fields.finish();
    if (id.isEmpty()) {
      return;
    }
    Pop pop =
        new Pop(
            id.get(),
            country.orElse(Country.UNKNOWN),
            latitude.orElse(0.0),
            longitude.orElse(0.0),
            labels,
            endpoint,
            status);
    if (pops.putIfAbsent(pop.id(), pop) != null) {
      idValue.refuse("POP `" + pop.id() + "` a second time", "give each site its own id");
    }
    if (endpoint.isPresent() && status == Status.ACTIVE) {
      PopId other = endpoints.putIfAbsent(endpoint.get(), pop.id());
      if (other != null) {
        endpointValue.refuse(
            "`" + endpoint.get() + "` is the endpoint of `" + other + "` already",
            "give each site its own address");
      }
    }
  }

  private void addNamespace(YamlFields fields) {
    YamlValue nameValue = fields.require("name");
    Optional<Namespace> name = nameValue.text(Namespace::new);
    NamespaceSettings settings = new NamespaceReader(fields).read();
    fields.finish();
    if (name.isPresent() && namespaces.putIfAbsent(name.get(), settings) != null) {
      nameValue.refuse(
          "namespace `" + name.get() + "` a second time", "give each application its own name");
    }
  }

  private static ImmutableList<String> labels(YamlValue value) {
    return value.list().stream()
        .flatMap(item -> item.text(TopologyReader::label).stream())
        .collect(ImmutableList.toImmutableList());
  }

  private static String label(String text) {
    if (!LABEL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is not a label: 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
    }
    return text;
  }

  private static Country country(String code) {
    Country country = new Country(code);
    boolean isKnown =
        country.equals(Country.UNKNOWN) || Arrays.asList(Locale.getISOCountries()).contains(code);
    if (!isKnown) {
      throw new IllegalArgumentException(
          "`" + code + "` is not in ISO 3166-1 (the United Kingdom is `GB`; unknown is `ZZ`)");
    }
    return country;
  }
}
