package dev.sojourn.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Acquire;
import dev.sojourn.core.message.PeerMessage.ConfirmAck;
import dev.sojourn.core.request.Operation;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a POP hears of the messages that another one sent: here the core only listens. */
class NetworkTest {
  private static final PopId BOS = new PopId("bos");
  private static final PopId NYC = new PopId("nyc");
  private static final Bytes SIXTEEN = Bytes.fromHex("00112233445566778899aabbccddeeff");
  private static final KeyHash KEY = new KeyHash(SIXTEEN);

  private final List<String> heard = new ArrayList<>();
  private final Deque<Fate> fates = new ArrayDeque<>();

  private World world(Network.Mode mode) {
    Faults faults =
        new Faults() {
          @Override
          public Fate fateOf(Sent sent) {
            return fates.isEmpty() ? Fate.DELIVERED : fates.remove();
          }
        };
    WorldSettings settings =
        WorldSettings.of(1, "bos", "nyc").onNetwork(mode, 0).running((s, r) -> this::listen);
    return new World(settings, faults, List.of());
  }

  private Effects listen(long nowMillis, Event event) {
    if (event instanceof Event.MessageReceived received) {
      heard.add(
          received.message() instanceof ConfirmAck ack
              ? "ack " + ack.epoch().number()
              : received.message().getClass().getSimpleName());
    } else if (event instanceof Event.PeerConnected) {
      heard.add("up");
    } else if (event instanceof Event.PeerDisconnected) {
      heard.add("down");
    }
    return Effects.NONE;
  }

  private static PeerMessage ack(int number) {
    return new ConfirmAck(new Epoch(number, BOS));
  }

  private static PeerMessage request() {
    return request(new Operation.Rotate());
  }

  private static PeerMessage request(Operation operation) {
    Epoch epoch = new Epoch(1, BOS);
    Hint hint =
        new Hint(
            new SessionId(BOS, SIXTEEN), 1, BOS, epoch, 1, Country.UNKNOWN, 1, Optional.empty());
    ImmutableList<Operation> operations = ImmutableList.of(operation);
    PeerMessage.Call call =
        new PeerMessage.Call(
            new RequestId(SIXTEEN), World.NAMESPACE, hint, operations, SIXTEEN, Country.UNKNOWN);
    return new Acquire(
        PeerMessage.Purpose.SERVE,
        PeerMessage.Role.OWNER,
        BOS,
        new Nonce(SIXTEEN),
        ImmutableList.of(),
        Optional.of(call),
        epoch,
        Optional.empty(),
        true,
        1,
        1_000);
  }

  private void send(World world, PeerMessage message) {
    world.network().send(BOS, NYC, KEY, message);
  }

  @Test
  void shouldSetUpAStreamWithTheFirstMessageAndDeliverInOrder() {
    World world = world(Network.Mode.STRICT);

    send(world, ack(1));
    send(world, ack(2));
    world.run(1_000);

    assertThat(heard).containsExactly("up", "up", "ack 1", "ack 2");
  }

  @Test
  void shouldLetALargeMessageHoldUpWhatIsSentBehindItThatWayAndNothingElse() {
    World world = world(Network.Mode.STRICT);
    world.network().setBytesPerSecond(BOS, NYC, 1_000);

    send(world, request(new Operation.Append("log", Bytes.wrap(new byte[5_000]))));
    send(world, ack(1));
    world.network().send(NYC, BOS, KEY, ack(2));
    world.run(1_000);
    assertThat(heard).containsExactly("up", "up", "ack 2");

    world.run(5_000);
    assertThat(heard).containsExactly("up", "up", "ack 2", "Acquire", "ack 1");
  }

  @Test
  void shouldTellTheSenderWhenNobodyIsThere() {
    World world = world(Network.Mode.STRICT);
    world.crash(new Crash(NYC, Crash.Kept.NOTHING, Crash.UNTIL_HEALED));

    send(world, ack(1));
    world.run(1_000);

    assertThat(heard).containsExactly("down");
  }

  @Test
  void shouldDropARepeatedMessageOnAStrictStreamAndPassItOnARawOne() {
    for (Network.Mode mode : Network.Mode.values()) {
      World world = world(mode);
      heard.clear();
      fates.add(Fate.repeatedAfter(500));

      send(world, ack(1));
      world.run(2_000);

      int copies = mode == Network.Mode.STRICT ? 1 : 2;
      assertThat(heard).filteredOn("ack 1"::equals).as(mode.name()).hasSize(copies);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldNeverRepeatARequestWithOperations(Network.Mode mode) {
    World world = world(mode);
    fates.add(Fate.repeatedAfter(500));

    send(world, request());
    world.run(2_000);

    assertThat(heard).filteredOn("Acquire"::equals).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void shouldNeverDeliverARequestWithOperationsFromAClosedStream(Network.Mode mode) {
    World world = world(mode);
    fates.add(Fate.lateBy(500));

    send(world, request());
    world.run(200);
    world.network().breakStream(BOS, NYC);
    send(world, ack(1));
    world.run(2_000);

    assertThat(heard).containsExactly("up", "up", "down", "down", "up", "up", "ack 1");
  }

  @Test
  void shouldSwapAMessageWithTheNextOne() {
    World world = world(Network.Mode.STRICT);
    fates.add(Fate.SWAPPED);

    send(world, ack(1));
    send(world, ack(2));
    send(world, ack(3));
    world.run(3_000);

    assertThat(heard).containsExactly("up", "up", "ack 2", "ack 1", "ack 3");
  }

  @Test
  void shouldBreakAStreamThatHearsNothingForLong() {
    World world = world(Network.Mode.STRICT);
    send(world, ack(1));
    world.run(1_000);
    world.network().partition(BOS, NYC);

    send(world, ack(2));
    world.run(10_000);

    assertThat(heard).containsExactly("up", "up", "ack 1", "down", "down");
  }

  @Test
  void shouldHoldAMessageUntilItIsReleased() {
    World world = world(Network.Mode.STRICT);
    fates.add(Fate.HELD);

    send(world, ack(1));
    send(world, ack(2));
    world.run(1_000);
    int released = world.network().release(sent -> sent.kind().equals("ConfirmAck"));
    world.run(1_000);

    assertThat(released).isEqualTo(1);
    assertThat(heard).containsExactly("up", "up", "ack 2", "ack 1");
  }
}
