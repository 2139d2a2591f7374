package dev.sojourn.server.policy;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.sojourn.policy.Sites;
import dev.sojourn.server.shell.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in the data directory since when the policy is in force, and whether the store was
 * swept for it: a restart must neither begin a policy's grace anew nor forget what it was about.
 *
 * <p>Another policy begins another grace; but where one of several that had to allow a thing is
 * taken away, nothing is forbidden that was not forbidden before, and the grace that runs goes on.
 * Thread-safe.
 */
final class PolicyMemory {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyMemory.class);

  private static final String FILE_NAME = "policy-since.json";
  private static final String BETWEEN = "+";

  private final AtomicFile file;
  private Remembered remembered;

  /**
   * @param digest of each policy that decides and of what it is applied to, with plus signs between
   */
  private record Remembered(String digest, long sinceMillis, boolean swept) {
    /** A clock that was ahead must not make the grace longer. */
    Remembered notAfter(long nowMillis) {
      return new Remembered(digest, Math.min(sinceMillis, nowMillis), swept);
    }

    ImmutableSet<String> digests() {
      return ImmutableSet.copyOf(Splitter.on(BETWEEN).split(digest));
    }
  }

  private PolicyMemory(AtomicFile file, Remembered remembered) {
    this.file = file;
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
   * @param deciding the policies that decide, to the letter
   * @param sites that they are applied to
   * @throws IOException if the file cannot be read or written
   */
  static PolicyMemory open(Path dataDirectory, List<String> deciding, Sites sites, long nowMillis)
      throws IOException {
    AtomicFile file = new AtomicFile(dataDirectory.resolve(FILE_NAME));
    Optional<Remembered> last =
        file.read().flatMap(PolicyMemory::parse).map(read -> read.notAfter(nowMillis));
    PolicyMemory memory = new PolicyMemory(file, last.orElse(new Remembered("", nowMillis, false)));
    Remembered now = memory.next(deciding, sites, nowMillis);
    if (!now.equals(memory.remembered)) {
      memory.write(now);
    }
    return memory;
  }

  synchronized long sinceMillis() {
    return remembered.sinceMillis();
  }

  synchronized boolean isSwept() {
    return remembered.swept();
  }

  /** These policies decide from now on. */
  synchronized void decide(List<String> deciding, Sites sites, long nowMillis) {
    try {
      write(next(deciding, sites, nowMillis));
    } catch (IOException e) {
      warn(e);
    }
  }

  private Remembered next(List<String> deciding, Sites sites, long nowMillis) {
    List<String> digests = deciding.stream().map(each -> digestOf(each, sites)).toList();
    String digest = Joiner.on(BETWEEN).join(digests);
    boolean forbidsNothingNew = remembered.digests().containsAll(digests);
    return forbidsNothingNew
        ? new Remembered(digest, remembered.sinceMillis(), remembered.swept())
        : new Remembered(digest, nowMillis, false);
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

  private static String digestOf(String yaml, Sites sites) {
    return Hashing.sha256()
        .newHasher()
        .putString(yaml, StandardCharsets.UTF_8)
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
