package dev.sojourn.server.rpc.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.core.link.PolicyNews;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A POP with a real network on loopback, whose listener writes down what it is told. */
final class TestPop implements AutoCloseable {
  static final Bytes SECRET = Bytes.fromHex("00112233445566778899aabbccddeeff");
  static final PeerSettings SETTINGS = TestSettings.patient();

  private static final long PATIENCE_SECONDS = 20;

  /**
   * What the listener was told, in its order: {@code connected}, {@code disconnected}, {@code done}
   * or a message.
   */
  record Told(PopId pop, Object what) {}

  final PopId id;
  final GrpcPeerNetwork network;
  final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  final int port;

  /** Whether the listener takes no message. */
  volatile boolean full;

  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

  TestPop(String name, TestTopology topology) throws IOException {
    this(name, topology, SETTINGS, SECRET);
  }

  TestPop(String name, TestTopology topology, PeerSettings settings, Bytes secret)
      throws IOException {
    this.id = new PopId(name);
    this.network =
        new GrpcPeerNetwork(
            id,
            topology,
            new SharedSecretAuthenticator(secret),
            () -> new PeerFacts(Bytes.wrap(new byte[16]), 1, 0, 1, 1),
            new Recorder(),
            loops,
            settings);
    this.port = network.start();
    topology.put(id, port);
  }

  boolean send(TestPop to, PeerMessage message) {
    return network.send(to.id, key(1), message);
  }

  static KeyHash key(int fill) {
    byte[] bytes = new byte[KeyHash.LENGTH];
    bytes[0] = (byte) fill;
    return new KeyHash(Bytes.wrap(bytes));
  }

  Told next() throws InterruptedException {
    Told next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("what POP %s is told", id).isNotNull();
    return next;
  }

  /** As {@link #next}, but nothing if nothing is told for a while. */
  Optional<Told> nextIfAny() throws InterruptedException {
    return Optional.ofNullable(told.poll(250, TimeUnit.MILLISECONDS));
  }

  void expect(PopId pop, Object what) throws InterruptedException {
    assertThat(next()).isEqualTo(new Told(pop, what));
  }

  /** Everything up to and with {@code what}. */
  List<Told> upTo(Object what) throws InterruptedException {
    List<Told> all = new ArrayList<>();
    do {
      all.add(next());
    } while (!all.get(all.size() - 1).what().equals(what));
    return all;
  }

  /** What has been told and not been looked at. */
  List<Told> rest() {
    List<Told> all = new ArrayList<>();
    told.drainTo(all);
    return all;
  }

  @Override
  public void close() {
    try {
      network.shutdown().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("POP " + id + " does not end", e);
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private final class Recorder implements PeerListener {
    @Override
    public void connected(PopId pop, PeerFacts facts) {
      told.add(new Told(pop, "connected"));
    }

    @Override
    public void disconnected(PopId pop) {
      told.add(new Told(pop, "disconnected"));
    }

    @Override
    public boolean received(PopId from, KeyHash key, PeerMessage message) {
      if (full) {
        return false;
      }
      told.add(new Told(from, message));
      return true;
    }

    @Override
    public void announcesDone(PopId pop, Bytes storeId) {
      told.add(new Told(pop, "done"));
    }

    @Override
    public void policyTold(PopId pop, PolicyNews news) {
      told.add(new Told(pop, news));
    }
  }
}
