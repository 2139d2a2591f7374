package dev.sojourn.server.rpc.convert;

import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.request.Creation;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.SessionKey;
import java.util.Optional;

/** Lawful messages of every kind, drawn from a seed. */
public final class RandomMessages {
  private static final int KINDS = 24;

  private final RandomValues draw;

  public RandomMessages(long seed) {
    draw = new RandomValues(seed);
  }

  RandomValues values() {
    return draw;
  }

  /** Goes through all kinds as {@code index} grows. */
  public PeerMessage message(int index) {
    return switch (index % KINDS) {
      case 0 -> acquire();
      case 1 ->
          new PeerMessage.Granted(
              draw.nonce(),
              draw.epoch(),
              draw.sessionData(),
              draw.digest(),
              draw.maybe(draw::success),
              (index / KINDS) % 2 == 0);
      case 2 ->
          new PeerMessage.Executed(
              draw.nonce(),
              draw.pop(),
              draw.path(),
              draw.pop(),
              draw.maybe(draw::pop),
              draw.epoch(),
              draw.success());
      case 3 -> new PeerMessage.PassedTo(draw.nonce(), draw.pop(), draw.epoch());
      case 4 ->
          new PeerMessage.Moved(
              draw.nonce(),
              draw.pop(),
              draw.path(),
              draw.pop(),
              draw.epoch(),
              draw.maybe(draw::pop));
      case 5 -> new PeerMessage.Refused(draw.nonce(), draw.pop(), draw.path(), draw.problem());
      case 6 -> new PeerMessage.Unknown(draw.nonce(), draw.pop(), draw.path());
      case 7 -> new PeerMessage.Stay(draw.nonce());
      case 8 -> new PeerMessage.Confirm(draw.epoch(), draw.digest());
      case 9 -> new PeerMessage.ConfirmAck(draw.epoch());
      case 10 -> new PeerMessage.Declined(draw.epoch());
      case 11 -> new PeerMessage.DeclineAck(draw.epoch());
      case 12 ->
          new PeerMessage.Announce(
              draw.epoch(),
              draw.pop(),
              draw.maybe(draw::pop),
              draw.random.nextBoolean(),
              draw.positive());
      case 13 -> new PeerMessage.Offer(draw.epoch());
      case 14 ->
          new PeerMessage.Create(
              draw.nonce(),
              new SessionRequest(
                  draw.requestId(),
                  new SessionKey(new Namespace("shop"), draw.sessionId()),
                  Optional.empty(),
                  new Creation(
                      draw.sessionId().unique(),
                      draw.country(),
                      draw.positive(),
                      draw.positive(),
                      "web"),
                  draw.operations()),
              draw.positive());
      case 15 -> new PeerMessage.AnnounceAck(draw.epoch(), draw.random.nextBoolean());
      default -> ofAPart(index % KINDS);
    };
  }

  private PeerMessage ofAPart(int kind) {
    return switch (kind) {
      case 16 -> new PeerMessage.ReadPart(draw.nonce(), draw.stamp(), draw.marks());
      case 17 -> new PeerMessage.PartRead(draw.nonce(), draw.fields(), draw.random.nextBoolean());
      case 18 ->
          new PeerMessage.WritePart(
              draw.nonce(), draw.stamp(), draw.stamp(), draw.fields(), draw.marks());
      case 19 -> new PeerMessage.PartWritten(draw.nonce());
      case 20 -> new PeerMessage.PartRefused(draw.nonce(), draw.problem());
      case 21 -> new PeerMessage.PartSwung(draw.stamp());
      case 22 -> new PeerMessage.DropPart(draw.epoch());
      default -> new PeerMessage.PartDropped(draw.epoch());
    };
  }

  private PeerMessage acquire() {
    PeerMessage.Purpose[] purposes = PeerMessage.Purpose.values();
    PeerMessage.Purpose purpose = purposes[draw.random.nextInt(purposes.length)];
    Optional<PeerMessage.Call> call =
        purpose == PeerMessage.Purpose.SERVE || purpose == PeerMessage.Purpose.TAKE
            ? Optional.of(call())
            : draw.maybe(this::call);
    return new PeerMessage.Acquire(
        purpose,
        draw.random.nextBoolean() ? PeerMessage.Role.OWNER : PeerMessage.Role.TRAIL,
        draw.pop(),
        draw.nonce(),
        draw.path(),
        call,
        draw.epoch(),
        draw.maybe(draw::pop),
        draw.random.nextBoolean(),
        1 + draw.random.nextInt(3),
        draw.positive());
  }

  private PeerMessage.Call call() {
    return new PeerMessage.Call(
        draw.requestId(),
        new Namespace("shop"),
        draw.hint(),
        draw.operations(),
        draw.digest(),
        draw.country());
  }
}
