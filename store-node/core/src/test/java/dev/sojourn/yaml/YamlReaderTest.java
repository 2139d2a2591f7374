package dev.sojourn.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  private final YamlProblems problems = YamlProblems.of("node.yaml");

  @Test
  void shouldKeepEachScalarAsItIsWritten() {
    YamlFields fields =
        read("a: NO\nb: 012\nc: '12'\nd: 1e3\ne: ~\nf: \"\"\ng: |\n  two\n  lines\n");
    assertThat(ImmutableList.of("a", "b", "c", "d", "e", "f", "g"))
        .extracting(key -> fields.get(key).text().orElseThrow())
        .containsExactly("NO", "012", "12", "1e3", "~", "", "two\nlines\n");
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void shouldTakeAnEmptyFileForAnEmptyMapping() {
    for (String text : new String[] {"", "# only a comment\n", "---\n", "\ufeff"}) {
      read(text).finish();
    }
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void shouldNameTheSecondOfTwoEqualKeys() {
    read("pop: bos\nport: 1\npop: fra\n");
    assertThat(told())
        .isEqualTo("node.yaml:3:1: key `pop` a second time; it stands on line 1 already");
  }

  @Test
  void shouldSayWhereSyntaxGoesWrong() {
    failToRead("pop: bos\nports: [1, 2\nx: y\n");
    assertThat(told()).startsWith("node.yaml:3:").contains("not YAML: ");
  }

  @Test
  void shouldSayWhereBytesAreNoText() {
    byte[] content = "pop: bos\nname: caf? \n".getBytes(StandardCharsets.ISO_8859_1);
    content[18] = (byte) 0xe9;
    assertThat(YamlReader.read(content, problems)).isEmpty();
    assertThat(told()).isEqualTo("node.yaml:2:10: not UTF-8; save the file as UTF-8");
  }

  @Test
  void shouldSayWhereACharacterMayNotStand() {
    failToRead("pop: bos\nname: a\u0007b\n");
    assertThat(told())
        .isEqualTo("node.yaml:2:8: not YAML: the character U+0007 may not stand in it");
  }

  @Test
  void shouldRefuseARootThatIsNoMapping() {
    failToRead("- a\n- b\n");
    failToRead("just text");
    assertThat(problems.all())
        .allSatisfy(problem -> assertThat(problem.message()).isEqualTo("the file must hold keys"));
  }

  @Test
  void shouldRefuseASecondDocument() {
    failToRead("a: 1\n---\nb: 2\n");
    assertThat(told()).startsWith("node.yaml:3:1: a second document");
  }

  @Test
  void shouldRefuseTagsAndKeysThatAreNoText() {
    read("a: !!int 3\n? [x, y]\n: 1\n");
    assertThat(told())
        .contains("a tag, `tag:yaml.org,2002:int`")
        .contains("a key that is not text");
  }

  @Test
  void shouldRepeatAnAliasedValue() {
    YamlFields fields = read("a: &x {k: v}\nb: *x\n");
    assertThat(fields.get("b").mapping().orElseThrow().get("k").text()).contains("v");
  }

  @Test
  void shouldRefuseALoopOfAliases() {
    failToRead("a: &x [1, *x]\n");
    assertThat(told()).startsWith("node.yaml:1:11: alias `*x` of nothing");
  }

  @Test
  void shouldRefuseABombOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (before + ", ").repeat(9) + before + "]\n");
    }
    failToRead(bomb.toString());
    assertThat(told()).contains("more than 100000 values, aliases counted");
  }

  @Test
  void shouldRefuseDepthWithoutRunningOutOfStack() {
    failToRead("a: " + "[".repeat(200_000));
    assertThat(told()).contains("nested deeper than 40");
    failToRead("{a: ".repeat(100_000));
    failToRead("- ".repeat(100_000));
    failToRead("? ".repeat(100_000));
  }

  @Test
  void shouldRefuseAFileThatIsTooLarge() {
    assertThat(YamlReader.read(new byte[YamlReader.BYTES_MAX + 1], problems)).isEmpty();
    assertThat(told()).isEqualTo("node.yaml:1:1: larger than 1MiB; split the file");
  }

  @Test
  void shouldAnswerAnyBytesWithADocumentOrAProblem() {
    long seed = 31;
    SplittableRandom random = new SplittableRandom(seed);
    String pieces = "ab: [],{}&*!|>'\"#%@`-?\n\t \r0\u00e9\u2028\u0085~<\ud83d\ude00\\x";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      byte[] content = text.toString().getBytes(UTF_8);
      if (random.nextInt(10) == 0 && content.length > 0) {
        content[random.nextInt(content.length)] = (byte) random.nextInt(256);
      }
      YamlProblems here = YamlProblems.of("fuzz.yaml");
      boolean readable = YamlReader.read(content, here).isPresent();
      assertThat(readable || !here.isEmpty()).as("seed %d: %s", seed, text).isTrue();
      here.all().forEach(YamlProblem::render);
    }
  }

  private YamlFields read(String text) {
    return YamlReader.read(text.getBytes(UTF_8), problems).orElseThrow();
  }

  private void failToRead(String text) {
    assertThat(YamlReader.read(text.getBytes(UTF_8), problems)).isEmpty();
    assertThat(problems.isEmpty()).isFalse();
  }

  private String told() {
    return String.join("\n", problems.all().stream().map(YamlProblem::headline).toList());
  }
}
