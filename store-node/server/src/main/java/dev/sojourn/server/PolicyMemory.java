package dev.sojourn.server;

import com.google.common.hash.Hashing;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.sojourn.policy.Sites;
import dev.sojourn.server.shell.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in the data directory since when the policy is in force, and whether the store was
 * swept for it: a restart must neither begin a policy's grace anew nor forget what it was about.
 * Another content of the policy's file begins another grace. Thread-safe.
 */
final class PolicyMemory {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyMemory.class);

  private static final String FILE_NAME = "policy-since.json";

  private final AtomicFile file;
  private final Path policyFile;
  private Remembered remembered;

  /**
   * @param digest of the policy's file, and of what it is applied to
   */
  private record Remembered(String digest, long sinceMillis, boolean swept) {
    /** A clock that was ahead must not make the grace longer. */
    Remembered notAfter(long nowMillis) {
      return new Remembered(digest, Math.min(sinceMillis, nowMillis), swept);
    }
  }

  private PolicyMemory(AtomicFile file, Path policyFile, Remembered remembered) {
    this.file = file;
    this.policyFile = policyFile;
    this.remembered = remembered;
  }

  /**
   * To be called where a node starts without a policy: what it takes in then was never swept.
   *
   * @throws IOException if the file cannot be deleted
   */
  static void forget(Path dataDirectory) throws IOException {
    Files.deleteIfExists(dataDirectory.resolve(FILE_NAME));
  }

  /**
   * @param sites that the policy speaks of
   * @throws IOException if a file cannot be read or written
   */
  static PolicyMemory open(Path dataDirectory, Path policyFile, Sites sites, long nowMillis)
      throws IOException {
    AtomicFile file = new AtomicFile(dataDirectory.resolve(FILE_NAME));
    String digest = digestOf(policyFile, sites);
    Optional<Remembered> last =
        file.read().flatMap(PolicyMemory::parse).map(read -> read.notAfter(nowMillis));
    PolicyMemory memory =
        new PolicyMemory(file, policyFile, last.orElse(new Remembered("", nowMillis, false)));
    if (!memory.remembered.digest().equals(digest)) {
      memory.write(new Remembered(digest, nowMillis, false));
    }
    return memory;
  }

  synchronized long sinceMillis() {
    return remembered.sinceMillis();
  }

  synchronized boolean isSwept() {
    return remembered.swept();
  }

  /** Another policy, or the same one for other POPs, is in force from now on. */
  synchronized void begin(long sinceMillis, Sites sites) {
    try {
      write(new Remembered(digestOf(policyFile, sites), sinceMillis, false));
    } catch (IOException e) {
      warn(e);
    }
  }

  /** The sweep has ended of the policy that came into force then; another one's is not told of. */
  synchronized void swept(long sinceMillis) {
    if (sinceMillis != remembered.sinceMillis()) {
      return;
    }
    try {
      write(new Remembered(remembered.digest(), remembered.sinceMillis(), true));
    } catch (IOException e) {
      warn(e);
    }
  }

  /** The next process then keeps what it must not keep for another grace, and sweeps again. */
  private void warn(IOException e) {
    LOG.warn("`{}` cannot be written: {}", file.path(), String.valueOf(e.getMessage()));
  }

  private void write(Remembered now) throws IOException {
    remembered = now;
    file.write(new Gson().toJson(now));
  }

  private static String digestOf(Path policyFile, Sites sites) throws IOException {
    return Hashing.sha256()
        .newHasher()
        .putBytes(Files.readAllBytes(policyFile))
        .putString(sites.toString(), StandardCharsets.UTF_8)
        .hash()
        .toString();
  }

  private static Optional<Remembered> parse(String text) {
    try {
      return Optional.ofNullable(new Gson().fromJson(text, Remembered.class))
          .filter(read -> read.digest() != null);
    } catch (JsonParseException damaged) {
      // It is as if the policy were new: what it forbids is kept for another grace.
      return Optional.empty();
    }
  }
}
