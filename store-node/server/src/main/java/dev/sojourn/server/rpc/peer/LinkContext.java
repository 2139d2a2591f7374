package dev.sojourn.server.rpc.peer;

import dev.sojourn.core.link.LinkHello;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every link of one network shares. All state of links and peers belongs to {@code loop}:
 * everything that touches it goes through {@link #run}, in order.
 */
record LinkContext(
    PopId self,
    Supplier<TopologyView> topology,
    PeerAuthenticator authenticator,
    Supplier<PeerFacts> store,
    PeerListener listener,
    PeerSettings settings,
    EventLoop loop,
    LinkTally tally,
    SecureRandom random) {
  /** The version of peer.proto that this release talks. */
  static final int WIRE_VERSION = 1;

  private static final Logger LOG = LoggerFactory.getLogger(LinkContext.class);

  /**
   * Runs {@code task} on the loop after all that was handed in before, never at once: so a stream's
   * events keep their order whichever thread they come from, and nobody is called back while he is
   * calling. After the loop has ended nothing is run.
   */
  void run(Runnable task) {
    try {
      loop.execute(
          () -> {
            try {
              task.run();
            } catch (RuntimeException e) {
              LOG.error("a task of the peer network failed", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("the peer network's loop has ended", e);
    }
  }

  void runAfter(long delayMillis, Runnable task) {
    try {
      loop.schedule(() -> run(task), delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the peer network's loop has ended", e);
    }
  }

  /** Milliseconds of a clock that only goes forward, from an arbitrary start. */
  long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** A Hello of this POP with a fresh nonce. */
  LinkHello hello(PopId to, long dial) {
    byte[] nonce = new byte[LinkHello.NONCE_LENGTH];
    random.nextBytes(nonce);
    PeerFacts facts = store.get();
    return new LinkHello(
        self,
        to,
        Bytes.wrap(nonce),
        facts.storeId(),
        dial,
        facts.incarnation(),
        facts.position(),
        facts.policyVersion(),
        WIRE_VERSION,
        WIRE_VERSION,
        facts.recordFormat());
  }
}
