package dev.sojourn.cli.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import dev.sojourn.server.config.CallerTokens;
import dev.sojourn.server.config.TokensFile;
import dev.sojourn.value.Namespace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensCommandTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  private final StringWriter err = new StringWriter();

  @Test
  void shouldTellATokenOnceAndKeepItsDigest() throws Exception {
    String token = make("shop");
    assertThat(token).hasSize(43);
    assertThat(Files.readString(file())).doesNotContain(token);
    assertThat(TokensFile.read(file()).namespaceOf(token)).contains(new Namespace("shop"));
  }

  @Test
  void shouldKeepTheTokensThatAreThere() throws Exception {
    String first = make("shop");
    String second = make("chat");
    String third = make("shop");
    CallerTokens tokens = TokensFile.read(file());
    assertThat(tokens.namespaceOf(first)).contains(new Namespace("shop"));
    assertThat(tokens.namespaceOf(second)).contains(new Namespace("chat"));
    assertThat(tokens.namespaceOf(third)).contains(new Namespace("shop"));
    assertThat(tokens.namespaceOf(first + "x")).isEmpty();
  }

  @Test
  void shouldRefuseAFileThatIsNoTokensFile() throws Exception {
    Files.writeString(file(), "tokens: 1\n");
    assertThat(run("shop", new StringWriter())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("tokens.yaml:1:9: ");
    assertThat(Files.readString(file())).isEqualTo("tokens: 1\n");
  }

  @Test
  void shouldRefuseWhatIsNoNamespace() {
    assertThat(run("Shop!", new StringWriter())).isEqualTo(ExitCode.USAGE);
    assertThat(file()).doesNotExist();
  }

  private Path file() {
    return directory.resolve("tokens.yaml");
  }

  private String make(String namespace) {
    StringWriter out = new StringWriter();
    assertThat(run(namespace, out)).as(err.toString()).isEqualTo(ExitCode.OK);
    return out.toString().strip();
  }

  private int run(String namespace, StringWriter out) {
    return Sojourn.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute("tokens", "new", "--namespace", namespace, "--file", file().toString());
  }
}
