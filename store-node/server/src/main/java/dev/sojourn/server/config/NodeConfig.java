package dev.sojourn.server.config;

import com.google.common.collect.ImmutableSet;
import dev.sojourn.value.PopId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code node.yaml} says: one process. Paths are resolved against the file's directory.
 *
 * @param pop the POP that this node serves
 * @param dataDirectory its store; one process at a time
 * @param topologyFile all POPs and namespaces, the same content at every POP
 * @param keysFile the secrets that all POPs share
 * @param policyFile where data may be stored and seen; empty: anywhere
 * @param policySignersFile whose signature a policy needs that is brought while the node runs;
 *     empty: none is taken
 * @param insecure whether it may listen beyond loopback without TLS, which the admin port never has
 * @param shards how many threads run the protocol
 * @param clockErrorMillis by how much the wall clocks of two POPs may differ
 * @param gateway the port for callers that cannot speak gRPC; empty: there is none
 */
public record NodeConfig(
    PopId pop,
    Path dataDirectory,
    Path topologyFile,
    Path keysFile,
    Optional<Path> policyFile,
    Optional<Path> policySignersFile,
    boolean insecure,
    Listen listen,
    Optional<Tls> tls,
    Storage storage,
    Limits limits,
    int shards,
    long clockErrorMillis,
    Optional<Gateway> gateway) {

  /** Where each kind of caller is listened to. */
  public record Listen(Address clients, Address peers, Address admin) {}

  /**
   * Files in PEM form.
   *
   * @param clientCa whose certificates clients must show; empty: clients show none
   * @param peerCa whose certificates other POPs must show, called or calling; empty: those that
   *     call show none, and the platform's authorities vouch for those that are called
   */
  public record Tls(Path certificate, Path key, Optional<Path> clientCa, Optional<Path> peerCa) {}

  /**
   * @param reserveBytes free disk below which writes are refused (rule R8)
   * @param blockCacheBytes memory for blocks read from disk
   * @param syncMillisMax how much of the latest writes a crash may undo in {@code async} namespaces
   */
  public record Storage(long reserveBytes, long blockCacheBytes, long syncMillisMax) {}

  /**
   * @param inFlightMax requests being worked on, of all clients together
   * @param requestBytesMax of one request
   * @param hotBytesMax about how much memory the sessions kept in memory may take, of all shards
   */
  public record Limits(int inFlightMax, int requestBytesMax, long hotBytesMax) {}

  /**
   * @param tokensFile the digests of the tokens that callers must show; empty: they show none
   * @param origins of web pages that may call, such as {@code https://shop.example.net}
   * @param docs whether it shows pages that explain the calls and try them out
   * @param bodyBytesMax of one request's body
   * @param headerBytesMax of one request's headers together
   * @param callMillisMax from a request's headers to the end of its answer
   */
  public record Gateway(
      Address listen,
      Optional<Path> tokensFile,
      ImmutableSet<String> origins,
      boolean docs,
      int bodyBytesMax,
      int headerBytesMax,
      long callMillisMax) {}
}
