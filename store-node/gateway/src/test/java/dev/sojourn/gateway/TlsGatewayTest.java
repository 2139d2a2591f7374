package dev.sojourn.gateway;

import static dev.sojourn.gateway.Gate.EXECUTE;
import static dev.sojourn.gateway.Gate.put;
import static dev.sojourn.gateway.Pops.BOSTON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside a node that speaks TLS, the gateway speaks TLS alone, with the same certificate. */
class TlsGatewayTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String NODE =
      """
      tls:
        certificate: node.crt
        key: node.key
      insecure: true
      gateway:
        listen: 127.0.0.1:0
      """;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @Test
  void shouldSpeakTlsWithTheNodesCertificate() throws Exception {
    KeyStore keys = makeCertificate();
    try (Pops pops = new Pops(directory)) {
      Gate gate = pops.start(BOSTON, NODE);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gate.port() + EXECUTE))
              .header("content-type", "application/json")
              .header("sojourn-hint-carrier", "cookie")
              .POST(BodyPublishers.ofString(put("cart", "1")))
              .build();
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .sslContext(trusting(keys))
              .build()
              .send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      // Over TLS the real cookie, whatever `insecure` says.
      assertThat(response.headers().firstValue("set-cookie").orElseThrow())
          .startsWith("__Host-sojourn=")
          .contains("; Secure; ");

      // Closed in silence, or by an alert: never an answer.
      assertThat(gate.raw("GET /livez HTTP/1.1\r\nhost: x\r\n\r\n")).doesNotContain("HTTP/1.1 200");
    }
  }

  private KeyStore makeCertificate() throws Exception {
    Path store = directory.resolve("keys.p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=node", "-validity", "2"));
    command.addAll(List.of("-ext", "san=ip:127.0.0.1", "-alias", "node"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    Files.writeString(
        directory.resolve("node.crt"),
        pem("CERTIFICATE", keys.getCertificate("node").getEncoded()));
    Files.writeString(
        directory.resolve("node.key"),
        pem("PRIVATE KEY", keys.getKey("node", PASSWORD).getEncoded()));
    return keys;
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  private static SSLContext trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("node", keys.getCertificate("node"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
