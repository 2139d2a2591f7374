package dev.sojourn.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.value.PopId;
import org.junit.jupiter.api.Test;

class YamlValueTest {
  private final YamlProblems problems = YamlProblems.of("policy.yaml");

  @Test
  void shouldGiveValuesTheirTypes() {
    YamlFields fields =
        read(
            "n: -12\nf: 59.25\nyes: true\nwait: 250ms\nroom: 64MiB\nlist: [a, b]\npop: bos\nmap: {k: v}\n");
    assertThat(fields.get("n").integer(-20, 20)).contains(-12L);
    assertThat(fields.get("f").decimal(-90, 90)).contains(59.25);
    assertThat(fields.get("yes").bool()).contains(true);
    assertThat(fields.get("wait").durationMillis(0, 1_000)).contains(250L);
    assertThat(fields.get("room").sizeBytes(0, 1L << 40)).contains(64L << 20);
    assertThat(fields.get("list").list())
        .extracting(item -> item.text().orElseThrow())
        .containsExactly("a", "b");
    assertThat(fields.get("pop").text(PopId::new)).contains(new PopId("bos"));
    assertThat(fields.get("map").mapping().orElseThrow().keys())
        .extracting(key -> key.text().orElseThrow())
        .containsExactly("k");
    fields.finish();
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void shouldGiveNothingForAnAbsentValueWithoutAProblem() {
    YamlValue absent = read("a: 1\n").get("b");
    assertThat(absent.isPresent()).isFalse();
    assertThat(absent.text()).isEmpty();
    assertThat(absent.integer(0, 1)).isEmpty();
    assertThat(absent.list()).isEmpty();
    assertThat(absent.mapping()).isEmpty();
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void shouldTellEveryProblemWithItsPlace() {
    YamlFields fields =
        read(
            "n: 12x\nhuge: 99999999999999999999\nwait: 10\nlong: 2d\nroom: 5MB\nyes: yes\nempty:\npop: Bos\nlist: a\nmap: 3\ntext: [a]\nf: nan\n");
    assertThat(fields.get("n").integer(0, 5)).isEmpty();
    assertThat(fields.get("huge").integer(0, 5)).isEmpty();
    assertThat(fields.get("wait").durationMillis(0, 1_000)).isEmpty();
    assertThat(fields.get("long").durationMillis(1_000, 86_400_000)).isEmpty();
    assertThat(fields.get("room").sizeBytes(0, 1L << 40)).isEmpty();
    assertThat(fields.get("yes").bool()).isEmpty();
    assertThat(fields.get("empty").text()).isEmpty();
    assertThat(fields.get("pop").text(PopId::new)).isEmpty();
    assertThat(fields.get("list").list()).isEmpty();
    assertThat(fields.get("map").mapping()).isEmpty();
    assertThat(fields.get("text").text()).isEmpty();
    assertThat(fields.get("f").decimal(-1, 1)).isEmpty();
    fields.require("gone");
    fields.finish();
    assertThat(problems.all().stream().map(YamlProblem::headline))
        .containsExactly(
            "policy.yaml:1:1: key `gone` is missing",
            "policy.yaml:1:4: key `n`: `12x` is not a whole number",
            "policy.yaml:2:7: key `huge`: `99999999999999999999` is out of bounds: 0 to 5",
            "policy.yaml:3:7: key `wait`: `10` is not a duration: a whole number and a unit, such as"
                + " `250ms`, `10s`, `5m`, `12h` or `30d`",
            "policy.yaml:4:7: key `long`: `2d` is out of bounds: 1s to 1d",
            "policy.yaml:5:7: key `room`: `5MB` is not a size: a whole number and a unit, such as"
                + " `512B`, `64KiB`, `64MiB` or `2GiB`",
            "policy.yaml:6:6: unknown value `yes`; known here: true, false",
            "policy.yaml:7:7: key `empty` has no value; give one, or leave the key out",
            "policy.yaml:8:6: key `pop`: `Bos` is not a POP id: 1 to 12 characters of a-z, 0-9 and -,"
                + " starting with a letter",
            "policy.yaml:9:7: key `list` wants a list; write `- ` before each item",
            "policy.yaml:10:6: key `map` must hold keys; write `key: value` lines there",
            "policy.yaml:11:7: key `text` wants text",
            "policy.yaml:12:4: key `f`: `nan` is not a number such as `12.5`");
  }

  @Test
  void shouldSuggestTheKeyAndTheWordThatWasMeant() {
    YamlFields fields = read("regoin: eu\nregion: eur\n");
    fields.get("region").choice("region", ImmutableMap.of("eu", 1, "asia", 2));
    fields.finish();
    assertThat(problems.all().stream().map(YamlProblem::render))
        .containsExactly(
            """
            policy.yaml:1:1: unknown key `regoin`; did you mean `region`?
              1 | regoin: eu
                | ^^^^^^""",
            """
            policy.yaml:2:9: unknown region `eur`; did you mean `eu`?
              2 | region: eur
                |         ^^^""");
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(InvalidYamlException.class)
        .hasMessageContaining("did you mean `region`?")
        .hasMessageContaining("did you mean `eu`?");
  }

  @Test
  void shouldShowNoContentOfASecretFile() {
    YamlProblems secret = YamlProblems.ofSecret("keys.yaml");
    String text = "a: hunter2\nb: hunter2\nhunter2: 1\nhunter2: 2\nc: !hunter2 1\n";
    YamlFields fields = YamlReader.read(text.getBytes(UTF_8), secret).orElseThrow();
    fields.get("a").integer(0, 1);
    fields.get("b").bool();
    fields.finish();
    assertThat(secret.all()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(secret.all().stream().map(YamlProblem::render))
        .noneMatch(told -> told.contains("hunter"));
  }

  @Test
  void shouldKeepTheCaretInItsColumnBehindTabsAndWideCharacters() {
    YamlFields fields = read("{\ud83d\ude00: 1,\tn: x}\n");
    fields.get("\ud83d\ude00");
    fields.get("n").integer(0, 1);
    assertThat(problems.all().get(0).render()).endsWith("\n    |       \t   ^");
  }

  @Test
  void shouldWriteQuantitiesAsItReadsThem() {
    for (long value :
        new long[] {0, 1, 250, 1_000, 60_000, 90_000, 86_400_000, 1L << 20, 1 << 30, 1L << 50}) {
      for (Quantity quantity : Quantity.values()) {
        assertThat(quantity.parse(quantity.format(value))).hasValue(value);
      }
    }
    assertThat(Quantity.DURATION.parse("999999999999999999d")).isEmpty();
    assertThat(Quantity.SIZE.parse("-1B")).isEmpty();
  }

  @Test
  void shouldCountSlipsAsPeopleMakeThem() {
    assertThat(Suggestion.distance("storage", "stroage")).isEqualTo(1);
    assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    assertThat(Suggestion.distance("POP", "pop")).isZero();
  }

  private YamlFields read(String text) {
    return YamlReader.read(text.getBytes(UTF_8), problems).orElseThrow();
  }
}
