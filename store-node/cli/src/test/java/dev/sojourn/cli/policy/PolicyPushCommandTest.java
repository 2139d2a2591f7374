package dev.sojourn.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.cli.Sojourn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong before a node is asked, and that nobody answers. */
class PolicyPushCommandTest {
  private static final String SOUND =
      "version: 1\nnamespaces:\n  shop:\n    rules:\n      - {id: a, why: b, store: anywhere}\n";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void makeAKey() throws IOException {
    Files.writeString(folder.resolve("p.yaml"), SOUND);
    assertThat(run("keygen --out officer"))
        .startsWith("wrote officer.key and officer.pub: key ")
        .endsWith("-> 0");
  }

  private String run(String command) {
    StringWriter screen = new StringWriter();
    PrintWriter both = new PrintWriter(screen);
    List<String> words = new ArrayList<>(List.of("policy"));
    for (String word : command.split(" ")) {
      boolean isFile = word.startsWith("officer") || word.endsWith(".yaml");
      words.add(isFile ? folder.resolve(word).toString() : word);
    }
    int code =
        Sojourn.commandLine().setOut(both).setErr(both).execute(words.toArray(new String[0]));
    return screen.toString().replace(folder + "/", "") + "-> " + code;
  }

  @Test
  void shouldKeepTheKeyFromOthersAndNeverWriteOverIt() throws IOException {
    Path key = folder.resolve("officer.key");
    String before = Files.readString(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(run("keygen --out officer")).contains("exists already").endsWith("-> 2");
    Files.delete(folder.resolve("officer.pub"));
    assertThat(run("keygen --out officer")).contains("`officer.key` exists").endsWith("-> 2");
    assertThat(folder.resolve("officer.pub")).doesNotExist();
    assertThat(key).hasContent(before);
  }

  @Test
  void shouldNotSendAPolicyThatIsNotSound() throws IOException {
    Files.writeString(folder.resolve("p.yaml"), SOUND.replace("anywhere", "anywere"));
    assertThat(run("push p.yaml --key officer.key"))
        .contains("p.yaml:5:32: unknown region `anywere`")
        .contains("p.yaml is not sound, and was not sent")
        .endsWith("-> 1");
  }

  @Test
  void shouldSayWhatIsWrongWithTheCommandLine() {
    assertThat(run("push p.yaml --key officer.pub"))
        .contains("no key of an officer")
        .endsWith("-> 2");
    assertThat(run("push p.yaml --key officer.key --shadow --stage bos"))
        .contains("both `--shadow` and `--stage`")
        .endsWith("-> 2");
    assertThat(run("push p.yaml --key officer.key --stage Bos,nyc"))
        .contains("`Bos` is no POP")
        .endsWith("-> 2");
    assertThat(run("push p.yaml --key officer.key --version 0"))
        .contains("give a number from 1 on")
        .endsWith("-> 2");
    assertThat(run("push p.yaml")).contains("--key").endsWith("-> 2");
  }

  @Test
  void shouldSayThatNoNodeAnswers() {
    String nowhere = "127.0.0.1:1";
    assertThat(run("push p.yaml --key officer.key --at " + nowhere))
        .contains("no node answers at " + nowhere)
        .endsWith("-> 3");
    assertThat(run("status --at " + nowhere))
        .contains("no node answers at " + nowhere)
        .endsWith("-> 3");
  }
}
