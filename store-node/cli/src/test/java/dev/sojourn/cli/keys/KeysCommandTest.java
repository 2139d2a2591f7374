package dev.sojourn.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  private Path file = Path.of("keys.yaml");
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void name() {
    file = directory.resolve("keys.yaml");
  }

  @Test
  void shouldMakeAFileThatItsOwnerAloneCanRead() throws IOException {
    assertThat(keys("new")).isEqualTo(ExitCode.OK);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(keys("show-ids")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("hint key 1, made on ").contains("seals and opens");
  }

  @Test
  void shouldLeaveAnExistingFileAsItIs() throws IOException {
    keys("new");
    byte[] before = Files.readAllBytes(file);

    assertThat(keys("new")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("sojourn: `" + file + "` exists already");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void shouldStageAKeyThatOpensAndPromoteItToSeal() {
    keys("new");
    assertThat(keys("rotate", "--stage")).isEqualTo(ExitCode.OK);
    assertThat(sealingIds()).isEqualTo("[1, 2]");

    assertThat(keys("rotate", "--promote")).isEqualTo(ExitCode.OK);
    assertThat(sealingIds()).isEqualTo("[2, 1]");
  }

  @Test
  void shouldRefuseToPromoteWhereNothingWasStaged() {
    keys("new");
    assertThat(keys("rotate", "--promote")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("seals already").contains("--stage");
  }

  @Test
  void shouldAskWhichStepOfARotationIsMeant() {
    keys("new");
    assertThat(keys("rotate")).isEqualTo(ExitCode.USAGE);
    assertThat(keys("rotate", "--stage", "--promote")).isEqualTo(ExitCode.USAGE);
    assertThat(sealingIds()).isEqualTo("[1]");
  }

  @Test
  void shouldTellAMissingFileInOneLine() {
    assertThat(keys("show-ids")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(file + ":1:1: ").contains("no such file");
    assertThat(err.toString().lines()).hasSize(2);
  }

  @Test
  void shouldNeverPrintASecret() throws IOException {
    keys("new");
    keys("rotate", "--at-once");
    keys("show-ids");
    keys("show-ids", "--json");
    for (String line : Files.readAllLines(file)) {
      int colon = line.indexOf(": ");
      String value = colon < 0 ? "" : line.substring(colon + 2);
      if (value.length() > 40) {
        assertThat(out.toString() + err).doesNotContain(value);
      }
    }
  }

  /** The ids in the file's order. */
  private String sealingIds() {
    out = new StringWriter();
    keys("show-ids", "--json");
    JsonArray list = JsonParser.parseString(out.toString()).getAsJsonArray();
    assertThat(list.get(0).getAsJsonObject().get("seals").getAsBoolean()).isTrue();
    return list.asList().stream()
        .map(each -> each.getAsJsonObject().get("id").getAsInt())
        .toList()
        .toString();
  }

  private int keys(String command, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "keys";
    arguments[1] = command;
    arguments[2] = "--file";
    arguments[3] = file.toString();
    System.arraycopy(options, 0, arguments, 4, options.length);
    return Sojourn.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
