package dev.sojourn.cli.demo.net;

import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/**
 * A relay for each ordered pair of POPs, so that every POP has an address of its own for every
 * other and no packet between two POPs avoids the distance between them. Thread-safe.
 */
public final class WideAreaNetwork implements AutoCloseable {
  private static final int PINGS = 7;

  private final Map<Link, Relay> relays;
  private final BiFunction<PopId, PopId, Duration> roundTrip;
  private final Map<Link, Duration> applied = new LinkedHashMap<>();

  /** The way that {@code from} reaches {@code to}; answers come back the same way. */
  public record Link(PopId from, PopId to) {}

  /**
   * Starts the relays, and measures on each what it really does to a round trip.
   *
   * @param roundTrip the nominal round-trip time of each pair
   */
  public static WideAreaNetwork start(
      List<PopId> pops, BiFunction<PopId, PopId, Duration> roundTrip) throws IOException {
    Map<Link, Relay> relays = new LinkedHashMap<>();
    try (Ping ping = Ping.start()) {
      for (PopId from : pops) {
        for (PopId to : pops) {
          if (!from.equals(to)) {
            Duration oneWay = roundTrip.apply(from, to).dividedBy(2);
            relays.put(new Link(from, to), Relay.start(ping.address(), oneWay));
          }
        }
      }
      WideAreaNetwork network = new WideAreaNetwork(relays, roundTrip);
      network.measureWith(ping);
      return network;
    }
  }

  private WideAreaNetwork(Map<Link, Relay> relays, BiFunction<PopId, PopId, Duration> roundTrip) {
    this.relays = Map.copyOf(relays);
    this.roundTrip = roundTrip;
  }

  /** The loopback port under which {@code from} reaches {@code to}. */
  public int port(PopId from, PopId to) {
    return relay(from, to).port();
  }

  /** Tells where {@code pop} listens for its peers. */
  public void connect(PopId pop, InetSocketAddress address) {
    relays.forEach(
        (link, relay) -> {
          if (link.to().equals(pop)) {
            relay.forwardTo(address);
          }
        });
  }

  /** What a round trip between two POPs was measured to take through the relays. */
  public Duration appliedRoundTrip(PopId one, PopId other) {
    Duration measured = applied.get(new Link(one, other));
    if (measured == null) {
      throw new IllegalArgumentException("no link from " + one + " to " + other);
    }
    return measured;
  }

  /** Takes away every distance, for work that is not measured. */
  public void collapse() {
    relays.values().forEach(relay -> relay.delayBy(Duration.ZERO));
  }

  /** Puts the distances back. */
  public void expand() {
    relays.forEach((link, relay) -> relay.delayBy(oneWay(link)));
  }

  /** Bytes that POPs have sent each other so far, over all links. */
  public long forwardedBytes() {
    return relays.values().stream().mapToLong(Relay::forwardedBytes).sum();
  }

  /**
   * Waits until nothing is under way between any two POPs and nothing has been for a while, so that
   * what crosses afterwards belongs to what is done afterwards.
   *
   * @return false if the network was still busy after {@code patience}
   */
  public boolean awaitQuiet(Duration quiet, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - deadline < 0) {
      long sinceTraffic =
          relays.values().stream()
              .mapToLong(relay -> System.nanoTime() - relay.lastTrafficNanos())
              .min()
              .orElse(Long.MAX_VALUE);
      boolean empty = relays.values().stream().allMatch(relay -> relay.bytesUnderWay() == 0);
      if (empty && sinceTraffic >= quiet.toNanos()) {
        return true;
      }
      Thread.sleep(2);
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    for (Relay relay : relays.values()) {
      relay.close();
    }
  }

  private Relay relay(PopId from, PopId to) {
    Relay relay = relays.get(new Link(from, to));
    if (relay == null) {
      throw new IllegalArgumentException("no link from " + from + " to " + to);
    }
    return relay;
  }

  private Duration oneWay(Link link) {
    return roundTrip.apply(link.from(), link.to()).dividedBy(2);
  }

  /** All links at once: they hardly ever fall due together, and one by one would take a while. */
  private void measureWith(Ping ping) throws IOException {
    ExecutorService pingers = Executors.newFixedThreadPool(relays.size());
    try {
      Map<Link, CompletableFuture<Duration>> measured = new LinkedHashMap<>();
      relays.forEach(
          (link, relay) ->
              measured.put(
                  link, CompletableFuture.supplyAsync(() -> measureOne(ping, relay), pingers)));
      for (Map.Entry<Link, CompletableFuture<Duration>> each : measured.entrySet()) {
        applied.put(each.getKey(), each.getValue().join());
      }
    } catch (CompletionException e) {
      throw new IOException("a relay does not answer: " + e.getMessage(), e);
    } finally {
      pingers.shutdownNow();
    }
  }

  private static Duration measureOne(Ping ping, Relay relay) {
    try {
      return ping.medianThrough(relay, PINGS);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /** All links, for a table of them. */
  public List<Link> links() {
    return new ArrayList<>(applied.keySet());
  }
}
