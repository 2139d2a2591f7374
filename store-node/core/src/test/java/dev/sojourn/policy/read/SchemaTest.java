package dev.sojourn.policy.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sojourn.policy.Countries;
import dev.sojourn.value.Country;
import dev.sojourn.yaml.YamlProblem;
import dev.sojourn.yaml.YamlProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** An editor that has the schema, and the parser, refuse the same shapes of a file. */
class SchemaTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/sojourn/policy/policy.schema.json");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(read(FILE), InputFormat.JSON);

  /** What no schema can know: whether names are known, and what rules come to. */
  private static final Pattern BEYOND_SHAPE =
      Pattern.compile(
          "unknown region .*|unknown class .*|nobody .*|rule .*|pattern .*|group .*"
              + "|.* cannot stand here|a list that only takes away|.*out of bounds: 0ms to 90d.*");

  private static final String GOOD =
      """
      version: 2026-11-25
      groups:
        west: ["label:west", "pop:sjc", US, not MX]
        nordic: eea
      classes:
        identity: {sensitive: true, fields: [name, 12]}
        payment: {fields: labelled}
        default: {sensitive: false}
      namespaces:
        shop:
          grace: 1d
          rules:
            - id: first
              why: a duty
              when: {residency: [NO, eea, not FR, unknown], class: [identity]}
              store: [home, west, NO]
              access: anywhere
              else: remote
            - {id: second, why: 3, when: {class: payment}, store: anywhere}
        clinic: {rules: []}
      """;

  @Test
  void shouldBeTheSameInTheDocumentation() {
    assertThat(Path.of("../../docs/policy.schema.json")).hasSameTextualContentAs(FILE);
  }

  @Test
  void shouldKnowEveryCountryAndGroup() {
    for (Country country : Countries.ALL.asList()) {
      assertThat(isOfTheShape(GOOD.replace("NO]", country.code() + "]"))).isTrue();
    }
    assertThat(isOfTheShape(GOOD.replace("NO]", "ZZ]"))).isFalse();
    for (String group : Countries.GROUPS.keySet()) {
      assertThat(isOfTheShape(GOOD.replace("NO]", group + "]"))).isTrue();
    }
  }

  @Test
  void shouldRefuseWhatTheParserRefusesAndNothingElse() {
    assertThat(isOfTheShape(GOOD)).isTrue();
    assertThat(problems(GOOD)).isEmpty();
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      Object document = new Load(LoadSettings.builder().build()).loadFromString(GOOD);
      String change = new Damage(random).apply(document);
      String text = new Dump(DumpSettings.builder().build()).dumpToString(document);
      List<String> problems = problems(text);
      boolean isOfTheShape = isOfTheShape(text);
      List<String> ofShape =
          problems.stream().filter(each -> !BEYOND_SHAPE.matcher(each).matches()).toList();
      if (isOfTheShape) {
        assertThat(ofShape).as("seed %d: %s\n%s", seed, change, text).isEmpty();
      } else {
        refused++;
        assertThat(problems).as("seed %d: %s\n%s", seed, change, text).isNotEmpty();
      }
    }
    assertThat(refused).isBetween(500, 2_900);
  }

  /** One change of shape somewhere in a document. */
  private record Damage(SplittableRandom random) {
    String apply(Object document) {
      List<Object> collections = new ArrayList<>();
      collect(document, collections);
      Object target = collections.get(random.nextInt(collections.size()));
      return target instanceof Map<?, ?> map ? change(cast(map)) : change(castList(target));
    }

    private String change(Map<Object, Object> map) {
      List<Object> keys = new ArrayList<>(map.keySet());
      Object key = keys.isEmpty() ? "none" : keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(4)) {
        case 0 -> map.remove(key);
        case 1 -> map.put("Odd " + random.nextInt(3), other());
        case 2 -> {
          Map<Object, Object> before = new LinkedHashMap<>(map);
          map.clear();
          before.forEach((name, value) -> map.put(name.equals(key) ? name + "x" : name, value));
        }
        default -> map.put(key, other());
      }
      return "a change at key " + key;
    }

    private String change(List<Object> list) {
      if (list.isEmpty() || random.nextBoolean()) {
        list.add(other());
      } else if (random.nextBoolean()) {
        list.clear();
      } else {
        list.set(random.nextInt(list.size()), other());
      }
      return "a change in a list";
    }

    private Object other() {
      List<Object> others =
          List.of(
              17,
              -1,
              true,
              "",
              " ",
              "Odd one",
              "odd",
              "NO",
              "home",
              "unknown",
              "pop:NO",
              "label:x",
              "not home",
              "not unknown",
              "labelled",
              "5 d",
              "x".repeat(200),
              "nowhere");
      return switch (random.nextInt(6)) {
        case 0 -> new ArrayList<>();
        case 1 -> new LinkedHashMap<>();
        case 2 -> new ArrayList<>(List.of(others.get(random.nextInt(others.size()))));
        default -> others.get(random.nextInt(others.size()));
      };
    }

    private static void collect(Object node, List<Object> found) {
      if (node instanceof Map<?, ?> map) {
        found.add(map);
        map.values().forEach(value -> collect(value, found));
      } else if (node instanceof List<?> list) {
        found.add(list);
        list.forEach(value -> collect(value, found));
      }
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> cast(Map<?, ?> map) {
      return (Map<Object, Object>) map;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> castList(Object list) {
      return (List<Object>) list;
    }
  }

  /** As an editor sees it: scalars have the types of YAML 1.2. */
  private static boolean isOfTheShape(String text) {
    Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
    String json = JsonMapper.builder().build().writeValueAsString(document);
    return SCHEMA.validate(json, InputFormat.JSON).isEmpty();
  }

  private static List<String> problems(String text) {
    YamlProblems problems = YamlProblems.of("policy.yaml");
    PolicyReader.read(text.getBytes(UTF_8), problems);
    return ImmutableList.copyOf(problems.all().stream().map(YamlProblem::message).toList());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
