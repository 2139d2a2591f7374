package dev.sojourn.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate authority of a test's own, and a certificate for 127.0.0.1 that it has signed, made
 * by the JDK's keytool: the JDK has no public way to make a certificate in process.
 */
final class TestAuthority {
  private static final String PASSWORD = "changeit";

  private final Path keys;
  private final Path authority;
  private final Path certificate;
  private final Path key;

  TestAuthority(Path directory) throws Exception {
    keys = directory.resolve("keys.p12");
    authority = directory.resolve("authority.pem");
    certificate = directory.resolve("certificate.pem");
    key = directory.resolve("key.pem");
    Path wish = directory.resolve("wish.csr");
    make("authority", "-dname", "CN=authority", "-ext", "bc:c");
    keytool("authority", "-exportcert", "-rfc", "-file", authority.toString());
    make("node", "-dname", "CN=node");
    keytool("node", "-certreq", "-file", wish.toString());
    keytool(
        "authority",
        "-gencert",
        "-rfc",
        "-ext",
        "san=ip:127.0.0.1",
        "-infile",
        wish.toString(),
        "-outfile",
        certificate.toString());
    exportKey();
  }

  /** Its own certificate. */
  Path authority() {
    return authority;
  }

  /** What it has signed. */
  Path certificate() {
    return certificate;
  }

  Path key() {
    return key;
  }

  private void make(String alias, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-validity", "2"));
    all.addAll(List.of(arguments));
    keytool(alias, all.toArray(String[]::new));
  }

  private void keytool(String alias, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", alias, "-keystore", keys.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }

  private void exportKey() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    Key secret = store.getKey("node", PASSWORD.toCharArray());
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(secret.getEncoded());
    String kind = "PRIVATE KEY-----\n";
    Files.writeString(key, "-----BEGIN " + kind + body + "\n-----END " + kind);
  }
}
