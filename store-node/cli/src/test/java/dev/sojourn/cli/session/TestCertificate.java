package dev.sojourn.cli.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate for 127.0.0.1 that has signed itself, made by the JDK's keytool: the JDK has no
 * public way to make a certificate in process.
 */
final class TestCertificate {
  private static final String PASSWORD = "changeit";

  private final Path keys;
  private final Path file;

  TestCertificate(Path directory) throws Exception {
    keys = directory.resolve("keys.p12");
    file = directory.resolve("node.pem");
    String[] making = {"-genkeypair", "-keyalg", "EC", "-dname", "CN=node", "-validity", "2"};
    List<String> all = new ArrayList<>(List.of(making));
    all.addAll(List.of("-ext", "san=ip:127.0.0.1"));
    keytool(all);
    keytool(List.of("-exportcert", "-rfc", "-file", file.toString()));
  }

  Path file() {
    return file;
  }

  SslContext serverContext() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD.toCharArray());
    return GrpcSslContexts.configure(SslContextBuilder.forServer(factory)).build();
  }

  private void keytool(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-alias", "node", "-keystore", keys.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
