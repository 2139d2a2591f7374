package dev.sojourn.sim.world;

import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.sim.world.Link.Envelope;
import dev.sojourn.sim.world.Link.Phase;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The network between POPs: one stream for each pair in use, set up by the first message, numbered,
 * and gone with everything on it when it breaks.
 *
 * <p>{@link Mode#STRICT} behaves as the nodes' streams do. {@link Mode#RAW} lets repeated and late
 * messages through, past the end of their stream even, but for those with operations: the protocol
 * promises to bear that, and does not rely on the streams for it.
 */
public final class Network {
  /** Until somebody who speaks into a void notices. */
  private static final long SILENCE_NOTICED_MILLIS = 3_000;

  private static final long CONNECT_TIMEOUT_MILLIS = 1_000;
  private static final long SWAP_AT_LATEST_MILLIS = 1_500;

  private final World world;
  private final Mode mode;
  private final SeededRandom random;
  private final SortedMap<String, Link> links = new TreeMap<>();
  private final List<Envelope> held = new ArrayList<>();
  private long sent;

  /** Whether the numbering of streams protects the core. */
  public enum Mode {
    STRICT,
    RAW
  }

  Network(World world, WorldSettings settings) {
    this.world = world;
    this.mode = settings.mode();
    this.random = SeededRandom.named(settings.seed(), "network");
    for (PopId left : settings.pops()) {
      for (PopId right : settings.pops()) {
        if (left.compareTo(right) < 0) {
          Link link = new Link(left, right, settings.rttMillis());
          link.jitterMillis = settings.jitterMillis();
          links.put(left + " " + right, link);
        }
      }
    }
  }

  private Link link(PopId one, PopId other) {
    String name = one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
    Link link = links.get(name);
    if (link == null) {
      throw new ProtocolBroken("no link between " + one + " and " + other);
    }
    return link;
  }

  /** How many messages were sent. */
  public long sent() {
    return sent;
  }

  public void setRttMillis(PopId one, PopId other, long rttMillis) {
    link(one, other).rttMillis = rttMillis;
  }

  public void setJitterMillis(PopId one, PopId other, long jitterMillis) {
    link(one, other).jitterMillis = jitterMillis;
  }

  /** Lets so many bytes pass in a second, each way; 0 for any number. */
  public void setBytesPerSecond(PopId one, PopId other, long bytesPerSecond) {
    link(one, other).bytesPerSecond = bytesPerSecond;
  }

  /** Nothing passes between the two until {@link #heal}; a stream that is up breaks in time. */
  public void partition(PopId one, PopId other) {
    silence(one, other);
    silence(other, one);
  }

  /**
   * Nothing from {@code one} reaches {@code other} until {@link #heal}; the other way is open until
   * both notice and close their stream.
   */
  public void silence(PopId one, PopId other) {
    Link link = link(one, other);
    link.unheard.add(one);
    world.note("no way from " + one + " to " + other);
    long stream = link.stream;
    world.after(SILENCE_NOTICED_MILLIS, () -> breakIfStill(link, stream));
  }

  private void breakIfStill(Link link, long stream) {
    if (link.stream == stream && link.phase != Phase.DOWN) {
      breakStream(link.left, link.right);
    }
  }

  /** Ends every partition and delivers what is held, as far as its stream is still up. */
  public void heal() {
    links.values().forEach(this::mend);
    release(any -> true);
  }

  /** Ends a partition between the two, if there is one. */
  public void heal(PopId one, PopId other) {
    mend(link(one, other));
  }

  private void mend(Link link) {
    if (link.isPartitioned()) {
      link.unheard.clear();
      // What was on it has a gap now, and a stream never has one.
      breakStream(link.left, link.right);
    }
  }

  /** Breaks the stream between the two, with everything on it. */
  public void breakStream(PopId one, PopId other) {
    Link link = link(one, other);
    if (link.phase == Phase.DOWN) {
      return;
    }
    world.note("stream breaks " + one + " - " + other);
    link.phase = Phase.DOWN;
    link.waiting.clear();
    tellDisconnected(link.left, link.right);
    tellDisconnected(link.right, link.left);
  }

  private void tellDisconnected(PopId at, PopId from) {
    long life = world.pop(at).life();
    world.after(
        0,
        () -> {
          if (world.pop(at).life() == life) {
            world.pop(at).handle(new Event.PeerDisconnected(from));
          }
        });
  }

  void popCrashed(PopId pop) {
    for (Link link : links.values()) {
      if (link.phase != Phase.DOWN && (link.left.equals(pop) || link.right.equals(pop))) {
        PopId peer = link.other(pop);
        long stream = link.stream;
        link.waiting.clear();
        link.phase = Phase.DOWN;
        world.after(
            link.isPartitioned() ? SILENCE_NOTICED_MILLIS : (link.rttMillis + 1) / 2,
            () -> noticeDeath(link, stream, peer, pop));
      }
    }
  }

  private void noticeDeath(Link link, long stream, PopId peer, PopId dead) {
    // A stream that came up meanwhile told the peer of the death already.
    if (link.stream == stream) {
      world.pop(peer).handle(new Event.PeerDisconnected(dead));
    }
  }

  void send(PopId from, PopId to, KeyHash key, PeerMessage message) {
    Link link = link(from, to);
    if (link.phase == Phase.DOWN) {
      connect(link, from);
    }
    Envelope envelope =
        new Envelope(new Sent(sent++, from, to, message), key, link.stream, link.nextNumber(from));
    world.said(envelope.sent(), key);
    if (link.phase == Phase.CONNECTING) {
      link.waiting.add(envelope);
    } else {
      dispatch(link, envelope);
    }
  }

  /** Opens a stream with nothing to say yet, unless one is up. */
  void dial(PopId from, PopId to) {
    Link link = link(from, to);
    if (link.phase == Phase.DOWN) {
      connect(link, from);
    }
  }

  /**
   * What a shell tells the other one, and no core: that nothing is owed to its store. It is lost
   * with its stream alone, and said again on the next one.
   */
  void sendAnnouncesDone(PopId from, PopId to, int store) {
    Link link = link(from, to);
    if (link.phase != Phase.UP) {
      dial(from, to);
      return;
    }
    long stream = link.stream;
    world.at(
        link.arrivalMillis(from, world.nowMillis(), 0, MessageSize.BARE_BYTES),
        () -> {
          boolean isUp = link.stream == stream && link.phase == Phase.UP;
          if (isUp && !link.unheard.contains(from)) {
            world.pop(to).announcesDone(from, store);
          }
        });
  }

  private void connect(Link link, PopId from) {
    link.open();
    long stream = link.stream;
    PopId to = link.other(from);
    if (link.isPartitioned() || !world.pop(to).isUp()) {
      long noticed = link.isPartitioned() ? CONNECT_TIMEOUT_MILLIS : link.rttMillis;
      world.after(noticed, () -> connectFailed(link, stream, from));
    } else {
      world.after(link.rttMillis, () -> connected(link, stream));
    }
  }

  private void connectFailed(Link link, long stream, PopId from) {
    if (link.stream == stream && link.phase == Phase.CONNECTING) {
      link.phase = Phase.DOWN;
      link.waiting.clear();
      world.pop(from).handle(new Event.PeerDisconnected(link.other(from)));
    }
  }

  private void connected(Link link, long stream) {
    if (link.stream != stream || link.phase != Phase.CONNECTING) {
      return;
    }
    link.phase = Phase.UP;
    List<Envelope> queued = List.copyOf(link.waiting);
    link.waiting.clear();
    world.pop(link.left).connected(link.right);
    world.pop(link.right).connected(link.left);
    queued.forEach(envelope -> dispatch(link, envelope));
  }

  private void dispatch(Link link, Envelope envelope) {
    Fate fate = world.faults().fateOf(envelope.sent());
    if (fate.kind() != Fate.Kind.DELIVERED) {
      world.spectator().befell("message " + fate.kind());
      world.note(fate.kind() + ": " + envelope.sent());
    }
    long jitter = link.jitterMillis == 0 ? 0 : random.below((int) link.jitterMillis + 1);
    long bytes = MessageSize.bytes(envelope.sent().message());
    long arrival = link.arrivalMillis(envelope.sent().from(), world.nowMillis(), jitter, bytes);
    switch (fate.kind()) {
      case DELIVERED -> deliverAt(arrival, link, envelope);
      case LOST -> {}
      case LOST_WITH_STREAM -> breakStream(link.left, link.right);
      case REPEATED -> {
        deliverAt(arrival, link, envelope);
        deliverAt(arrival + fate.millis(), link, envelope);
      }
      case LATE -> deliverAt(arrival + fate.millis(), link, envelope);
      case SWAPPED -> {
        link.holdForSwap(envelope);
        world.after(SWAP_AT_LATEST_MILLIS, () -> deliverSwapped(link, envelope.sent().from()));
        return;
      }
      case HELD -> {
        held.add(envelope);
        return;
      }
    }
    deliverBehind(arrival, link, envelope.sent().from());
  }

  private void deliverBehind(long arrival, Link link, PopId from) {
    world.at(arrival, () -> deliverSwapped(link, from));
  }

  private void deliverSwapped(Link link, PopId from) {
    link.takeSwapped(from).ifPresent(envelope -> deliver(link, envelope));
  }

  private void deliverAt(long atMillis, Link link, Envelope envelope) {
    world.at(atMillis, () -> deliver(link, envelope));
  }

  private void deliver(Link link, Envelope envelope) {
    boolean guarded = mode == Mode.STRICT || envelope.carriesOperations();
    boolean stale = link.isClosed(envelope) || !link.isFirst(envelope);
    if (link.unheard.contains(envelope.sent().from()) || (guarded && stale)) {
      return;
    }
    world
        .pop(envelope.to())
        .received(envelope.sent().from(), envelope.key(), envelope.sent().message());
  }

  /** Delivers the held messages that match, in the order in which they were sent. */
  public int release(Predicate<Sent> matching) {
    List<Envelope> released = take(matching);
    for (Envelope envelope : released) {
      Link link = link(envelope.sent().from(), envelope.to());
      deliverAt(world.nowMillis(), link, envelope);
    }
    return released.size();
  }

  /** Throws away the held messages that match. */
  public int discard(Predicate<Sent> matching) {
    return take(matching).size();
  }

  /** The first held message that matches. */
  public Optional<Sent> held(Predicate<Sent> matching) {
    return held.stream().map(Envelope::sent).filter(matching).findFirst();
  }

  private List<Envelope> take(Predicate<Sent> matching) {
    List<Envelope> taken = new ArrayList<>();
    Iterator<Envelope> each = held.iterator();
    while (each.hasNext()) {
      Envelope envelope = each.next();
      if (matching.test(envelope.sent())) {
        each.remove();
        taken.add(envelope);
      }
    }
    return taken;
  }
}
