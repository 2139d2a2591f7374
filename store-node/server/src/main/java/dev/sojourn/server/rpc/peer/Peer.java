package dev.sojourn.server.rpc.peer;

import dev.sojourn.core.link.LinkHello;
import dev.sojourn.server.rpc.peer.TopologyView.Endpoint;
import dev.sojourn.v1.Goodbye;
import dev.sojourn.v1.PeerEnvelope;
import dev.sojourn.value.PopId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What there is between this POP and one other: at most one link that is up, and how it comes to
 * be. Belongs to the loop of its context, but for {@link #offer}.
 *
 * <p>Both POPs may dial at the same moment, and exactly one link must come of it, without a moment
 * at which one of them believes in one and the other in the other. A dialer believes in its link as
 * soon as it has read the acceptor's proof, earlier than the acceptor. Hence three rules:
 *
 * <ol>
 *   <li>While a dial of the lesser POP is under way, it refuses the other's Hello as CROSSED; the
 *       greater POP answers, and gives its own dial up when the lesser one has proved itself. If
 *       that never happens, it dials again after a pause.
 *   <li>A POP that has answered a Hello does not dial until that handshake is over, for the dialer
 *       may believe in it already; but not longer than a handshake may take, so that a stranger who
 *       says Hello and no more cannot keep two POPs apart.
 *   <li>A Hello that was sent before the present link came up is stale. Every Hello says how often
 *       its sender has dialled, so both ends know what the other had sent before.
 * </ol>
 */
final class Peer {
  private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

  private final LinkContext context;
  private final PopId pop;
  private final ChannelKeeper keeper;
  private final OutboundQueue queue;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Set<AcceptedLink> answering = new HashSet<>();
  private Optional<Endpoint> endpoint = Optional.empty();
  private @Nullable Link up;
  private @Nullable DialledLink dial;
  private long dials;

  /** Whether a link is to be, though nothing waits to be sent. */
  private boolean wanted;

  /** Instants of the context's clock; 0 for none. */
  private long heldUntilMillis;

  private long crossedUntilMillis;
  private long crossedSinceMillis;
  private long retryAtMillis;
  private long retryPauseMillis;

  Peer(LinkContext context, PopId pop, ChannelKeeper keeper) {
    this.context = context;
    this.pop = pop;
    this.keeper = keeper;
    this.queue = new OutboundQueue(context.settings().queueBytesMax());
  }

  PopId pop() {
    return pop;
  }

  /** Takes a message to send, from any thread; false if too much waits already. */
  boolean offer(PeerEnvelope envelope) {
    if (!queue.offer(envelope)) {
      context.tally().droppedUnsent.increment();
      return false;
    }
    // One wake-up for all that is added until it is over.
    if (woken.compareAndSet(false, true)) {
      context.run(this::pump);
    }
    return true;
  }

  /** Sends what waits, or sees to it that there is a link to send it on. */
  void pump() {
    woken.set(false);
    if (up != null) {
      up.flush(queue);
    } else if ((wanted || !queue.isEmpty()) && dial == null && crossedUntilMillis == 0) {
      connect();
    }
  }

  /** Sees to it that there is a link. */
  void want() {
    wanted = up == null;
    pump();
  }

  private void connect() {
    long now = context.nowMillis();
    endpoint = Optional.ofNullable(context.topology().get().peers().get(pop));
    if (endpoint.isEmpty() || now < retryAtMillis) {
      fail();
      return;
    }
    if (!answering.isEmpty() && heldUntilMillis == 0) {
      heldUntilMillis = now + context.settings().handshakeMillisMax();
    }
    if (!answering.isEmpty() && now < heldUntilMillis) {
      return;
    }
    heldUntilMillis = 0;
    dial = new DialledLink(context, this, keeper.open(endpoint.get()), keeper);
    dial.open();
  }

  long countDial() {
    return ++dials;
  }

  long dials() {
    return dials;
  }

  /** Whether to refuse this Hello because another link of this pair stands. */
  boolean isCrossed(LinkHello hello) {
    return isStale(hello) || (dial != null && context.self().compareTo(pop) < 0);
  }

  /** Whether this Hello was sent before the present link came up. */
  boolean isStale(LinkHello hello) {
    return up != null
        && up.theirs().incarnation() == hello.incarnation()
        && up.theirs().storeId().equals(hello.storeId())
        && hello.dial() <= up.theirs().dial();
  }

  void answering(AcceptedLink link) {
    answering.add(link);
  }

  void linkUp(Link link) {
    DialledLink given = dial;
    dial = null;
    if (link instanceof AcceptedLink accepted) {
      answering.remove(accepted);
      if (given != null) {
        given.close(Goodbye.Reason.REPLACED);
      }
    }
    closeUp(Goodbye.Reason.REPLACED);
    heldUntilMillis = 0;
    crossedUntilMillis = 0;
    crossedSinceMillis = 0;
    retryAtMillis = 0;
    retryPauseMillis = 0;
    endpoint = Optional.ofNullable(context.topology().get().peers().get(pop));
    up = link;
    wanted = false;
    context.tally().links.increment();
    LinkHello theirs = link.theirs();
    context
        .listener()
        .connected(
            pop,
            new PeerFacts(
                theirs.storeId(),
                theirs.incarnation(),
                theirs.position(),
                theirs.recordFormat(),
                theirs.policyVersion()));
    link.flush(queue);
  }

  /** A link that was up, or was to be, is over. */
  void linkOver(Link link, Goodbye.Reason reason) {
    if (link == up) {
      LOG.info("the link with POP {} is over: {}", pop, reason);
      up = null;
      context.tally().links.decrement();
      fail();
    } else if (link == dial) {
      LOG.info("no link with POP {}: {}", pop, reason);
      dial = null;
      dialOver(reason);
    } else if (link instanceof AcceptedLink accepted && answering.remove(accepted)) {
      pump();
    }
  }

  private void dialOver(Goodbye.Reason reason) {
    PeerSettings settings = context.settings();
    long now = context.nowMillis();
    retryPauseMillis =
        Math.min(
            settings.retryMillisMax(), Math.max(settings.retryMillisMin(), 2 * retryPauseMillis));
    if (reason == Goodbye.Reason.CROSSED) {
      crossedSinceMillis = crossedSinceMillis == 0 ? now : crossedSinceMillis;
      if (now - crossedSinceMillis <= settings.handshakeMillisMax()) {
        // Their dial should arrive. Should it fail on its way, ours is let in the next time.
        crossedUntilMillis = now + retryPauseMillis;
        return;
      }
    }
    crossedSinceMillis = 0;
    // At a new address nothing has failed yet.
    retryAtMillis = reason == Goodbye.Reason.ADDRESS_CHANGED ? 0 : now + retryPauseMillis;
    fail();
  }

  private void fail() {
    wanted = false;
    context.tally().droppedUnsent.add(queue.clear());
    context.listener().disconnected(pop);
  }

  void tick(long nowMillis, long lateMillis) {
    if (up != null) {
      up.tickUp(nowMillis, lateMillis, up instanceof DialledLink);
    }
    if (dial != null) {
      dial.tickOpening(nowMillis);
    }
    if (crossedUntilMillis != 0 && nowMillis >= crossedUntilMillis) {
      crossedUntilMillis = 0;
      pump();
    }
    if (heldUntilMillis != 0 && nowMillis >= heldUntilMillis) {
      pump();
    }
  }

  /** Closes the link if the topology does not have this POP any more, or not there. */
  void topologyChanged() {
    TopologyView view = context.topology().get();
    if (view.retired().contains(pop)) {
      close(Goodbye.Reason.RETIRED);
    } else if (!view.peers().containsKey(pop)) {
      close(Goodbye.Reason.UNKNOWN_POP);
    } else if (!Optional.ofNullable(view.peers().get(pop)).equals(endpoint)) {
      retryAtMillis = 0;
      close(Goodbye.Reason.ADDRESS_CHANGED);
    }
  }

  void close(Goodbye.Reason reason) {
    for (AcceptedLink each : Set.copyOf(answering)) {
      each.close(reason);
    }
    if (dial != null) {
      dial.close(reason);
    }
    closeUp(reason);
  }

  private void closeUp(Goodbye.Reason reason) {
    if (up != null) {
      up.close(reason);
    }
  }
}
