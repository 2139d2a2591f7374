package dev.sojourn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.v1.ErrorDetail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The wire, the SDK and the page that people read speak of the same errors. */
class ErrorTableTest {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([A-Z_]+)` \\| `([A-Z_]+)` \\| (yes|no) \\| (.+) \\| (.+) \\|$",
          Pattern.MULTILINE);
  private static final Pattern KIND =
      Pattern.compile("^\\| `(\\w+Exception)` \\| (.+) \\|$", Pattern.MULTILINE);
  private static final Pattern WIRE =
      Pattern.compile("// ([A-Z_]+), (not )?retryable\\..*?\\n  ([A-Z_]+) = \\d+;", Pattern.DOTALL);

  @Test
  void shouldHaveTheSameCodesOnTheWireAndInTheSdk() {
    List<String> wire =
        Arrays.stream(dev.sojourn.v1.ErrorCode.values())
            .map(Enum::name)
            .filter(name -> !name.equals("UNRECOGNIZED") && !name.equals("ERROR_CODE_UNSPECIFIED"))
            .toList();

    assertThat(ErrorCode.values()).extracting(Enum::name).containsExactlyElementsOf(wire);
  }

  @Test
  void shouldListEveryCodeInTheDocumentedTable() throws IOException {
    Map<String, MatchResult> rows = rows(documentation());

    assertThat(rows.keySet())
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(row(rows, code).group(3))
          .as("retryable, of %s", code)
          .isEqualTo(code.retryable() ? "yes" : "no");
    }
  }

  @Test
  void shouldDocumentTheStatusAndRetryabilityThatTheWireComments() throws IOException {
    Map<String, MatchResult> rows = rows(documentation());
    Matcher wire = WIRE.matcher(file("proto/src/main/proto/sojourn/v1/errors.proto"));
    int found = 0;
    while (wire.find()) {
      found++;
      ErrorCode code = ErrorCode.valueOf(wire.group(3));
      assertThat(row(rows, code).group(2)).as("status of %s", code).isEqualTo(wire.group(1));
      assertThat(code.retryable()).as("retryable, of %s", code).isEqualTo(wire.group(2) == null);
    }
    assertThat(found).isEqualTo(ErrorCode.values().length);
  }

  @Test
  void shouldThrowTheDocumentedKindForEveryCode() throws IOException {
    Map<String, String> kinds = new LinkedHashMap<>();
    Matcher kind = KIND.matcher(documentation());
    while (kind.find()) {
      for (String code : kind.group(2).split(", ")) {
        kinds.put(code.replace("`", ""), kind.group(1));
      }
    }
    for (ErrorCode code : ErrorCode.values()) {
      SojournException thrown = SojournException.of(Problem.of(code, "a text"));
      assertThat(thrown.getClass().getSimpleName()).isEqualTo(kinds.get(code.name()));
      assertThat(thrown.code()).isEqualTo(code);
      assertThat(thrown.retryable()).isEqualTo(code.retryable());
      assertThat(thrown.remedy()).isNotBlank();
    }
  }

  @Test
  void shouldActOnTheNodesWordForACodeThatItDoesNotKnow() {
    ErrorDetail unknown = ErrorDetail.newBuilder().setCodeValue(9_999).setRetryable(true).build();

    SojournException thrown = SojournException.of(Problem.read(unknown));

    assertThat(thrown.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(thrown.retryable()).isTrue();
  }

  private static Map<String, MatchResult> rows(String text) {
    Map<String, MatchResult> rows = new LinkedHashMap<>();
    ROW.matcher(text).results().forEach(row -> rows.put(row.group(1), row));
    return rows;
  }

  private static MatchResult row(Map<String, MatchResult> rows, ErrorCode code) {
    MatchResult row = rows.get(code.name());
    if (row == null) {
      throw new AssertionError("docs/errors.md has no row for " + code);
    }
    return row;
  }

  private static String documentation() throws IOException {
    return file("docs/errors.md");
  }

  /** Tests run in the module's directory; the build's root is above it. */
  private static String file(String path) throws IOException {
    return Files.readString(Path.of("..").resolve(path));
  }
}
