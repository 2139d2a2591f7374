package dev.sojourn.server.config;

import com.google.common.collect.ImmutableMap;
import dev.sojourn.yaml.Span;
import dev.sojourn.yaml.YamlProblems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the file with the public keys of those who may sign policies: one or more Ed25519 keys in
 * PEM form, and whatever notes stand between them.
 */
final class PolicySignersFile {
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final Pattern KEY =
      Pattern.compile(BEGIN + "\\s(.*?)-----END PUBLIC KEY-----", Pattern.DOTALL);

  private PolicySignersFile() {}

  /** What is wrong is reported, with the line; the result is empty then. */
  static Optional<PolicySigners> read(Path file, YamlProblems problems) {
    return ConfigFile.read(file, problems)
        .flatMap(bytes -> read(new String(bytes, StandardCharsets.UTF_8), problems));
  }

  private static Optional<PolicySigners> read(String text, YamlProblems problems) {
    Map<String, PublicKey> keys = new LinkedHashMap<>();
    int secret = text.indexOf("PRIVATE KEY");
    if (secret >= 0) {
      problems.add(
          lineOf(text, secret),
          "holds a private key, which its officer alone may have",
          "put the `.pub` there, and let the officer make another key");
      return Optional.empty();
    }
    Matcher pem = KEY.matcher(text);
    int at = 0;
    while (pem.find()) {
      at = pem.end();
      Span line = lineOf(text, pem.start());
      Optional<PublicKey> key = key(pem.group(1));
      if (key.isEmpty()) {
        problems.add(line, "no Ed25519 key", "use the `.pub` that `sojourn policy keygen` makes");
      } else if (keys.put(PolicySigners.idOf(key.get()), key.get()) != null) {
        problems.add(line, "the same key a second time", "take one of them out");
      }
    }
    if (text.indexOf(BEGIN, at) >= 0) {
      problems.add(lineOf(text, text.indexOf(BEGIN, at)), "a key without an end", "copy it whole");
    } else if (keys.isEmpty() && problems.isEmpty()) {
      problems.add(
          Span.START,
          "holds no public key",
          "put the `.pub` of an officer in, or leave `policy-signers` out");
    }
    return problems.isEmpty()
        ? Optional.of(new PolicySigners(ImmutableMap.copyOf(keys)))
        : Optional.empty();
  }

  private static Optional<PublicKey> key(String base64) {
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(base64);
      return Optional.of(
          KeyFactory.getInstance(PolicySigners.ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static Span lineOf(String text, int offset) {
    int line = 1 + (int) text.substring(0, offset).chars().filter(each -> each == '\n').count();
    return new Span(line, 1, BEGIN.length());
  }
}
