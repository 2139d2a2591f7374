package dev.sojourn.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "changeit";

  private final Path directory;

  TlsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void shouldSpeakTlsToANodeThatItTrusts() throws Exception {
    Path certificate = makeCertificate();
    try (ScriptedNode node = new ScriptedNode(serverContext());
        SojournClient client =
            node.clients().deadline(Duration.ofSeconds(30)).tlsTrusting(certificate).build()) {
      node.script(call -> call.answer(Answers.to(call.request(), 1, Map.of("a", "1")).build()));

      assertThat(client.open("__Host-sojourn=hint1").getText("a")).contains("1");
    }
  }

  @Test
  void shouldNotSpeakToANodeThatItDoesNotTrust() throws Exception {
    makeCertificate();
    try (ScriptedNode node = new ScriptedNode(serverContext());
        SojournClient client = node.clients().deadline(Duration.ofSeconds(2)).tls().build()) {
      assertThatThrownBy(() -> client.open("__Host-sojourn=hint1"))
          .isInstanceOf(UnavailableException.class);
      assertThat(node.requests()).isEmpty();
    }
  }

  @Test
  void shouldNameTheFileWhoseCertificatesCannotBeRead() throws Exception {
    Path wrong = Files.writeString(directory.resolve("wrong.pem"), "no certificate");

    assertThatThrownBy(
            () -> SojournClient.builder("127.0.0.1:7100", "shop").tlsTrusting(wrong).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wrong.pem");
  }

  /** By the JDK's keytool: the JDK has no public way to make a certificate in process. */
  private Path makeCertificate() throws Exception {
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=node",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2");
    Path certificate = directory.resolve("node.pem");
    keytool("-exportcert", "-rfc", "-file", certificate.toString());
    return certificate;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-alias", "node", "-keystore", keys().toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }

  private SslContext serverContext() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys())) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    return GrpcSslContexts.configure(SslContextBuilder.forServer(keys)).build();
  }

  private Path keys() {
    return directory.resolve("keys.p12");
  }
}
