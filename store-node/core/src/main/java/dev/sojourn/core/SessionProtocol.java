package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.event.EventHandler;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.Returning;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RandomSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The protocol of one shard of a POP's sessions: event in, effects out. It owns no thread, clock,
 * disk or socket, and is driven alike by a node and by the simulator.
 *
 * <p>Where to find what: a request is sorted in {@link Requests}; run by the owner in {@link
 * Owning}; granted in {@link Granting}; asked of another POP in {@link Pulling}; answered there in
 * {@link PassingOn} if it is not the owner; taken in by {@link Receiving}; confirmed in {@link
 * Confirming}; taken up again after a crash in {@link Breaking}; ended and forgotten in {@link
 * Ending}. A session that is split is divided in {@link Splitting}, run by its owner in {@link
 * Visiting}, and kept in part by {@link Keeping}. What must be durable before what is said is
 * settled in {@link Turn}.
 *
 * <p>Not thread-safe: one thread (or one virtual time line) calls it.
 */
public final class SessionProtocol {
  private final Context context;
  private final Steps steps;
  private final EventHandler dispatch = new Dispatch();

  /**
   * @param random for nonces; its stream is this object's own
   */
  public SessionProtocol(CoreSettings settings, RandomSource random) {
    this.context = new Context(settings, random);
    this.steps = new Steps(context);
  }

  /**
   * Takes in one event.
   *
   * @param nowMillis wall-clock milliseconds that never go back within one life of this object
   */
  public Effects handle(long nowMillis, Event event) {
    context.begin(nowMillis);
    event.dispatchTo(dispatch);
    Effects effects = context.turn().finish(steps.obligations);
    for (Slot slot : context.turn().written()) {
      context.slots.weigh(slot, context.doneSeq);
    }
    context.end();
    return effects;
  }

  private void request(KeyHash key, Ask ask) {
    Slot slot = context.slots.get(key);
    whenLoaded(slot, Optional.of(ask), () -> steps.requests.handle(slot, ask));
  }

  private void whenLoaded(Slot slot, Optional<Ask> ask, Runnable work) {
    whenLoaded(slot, new Slot.Waiting(ask, work));
  }

  private void whenLoaded(Slot slot, Slot.Waiting waiting) {
    if (slot.loaded) {
      waiting.work().run();
    } else {
      slot.waiting.add(waiting);
      if (slot.waiting.size() == 1) {
        context.turn().now(new Effect.Load(slot.key));
      }
    }
  }

  private static void resume(Slot slot) {
    ImmutableList<Slot.Waiting> ready = ImmutableList.copyOf(slot.waiting);
    slot.waiting.clear();
    ready.forEach(each -> each.work().run());
  }

  /** An unreadable record is not an absent one: nothing is served, made or settled from it. */
  private void giveUp(Slot slot) {
    context.slots.forget(slot);
    Problem problem = unreadable();
    for (Slot.Waiting each : slot.waiting) {
      each.ask().ifPresent(ask -> steps.answering.fail(slot, ask, problem));
      each.otherwise().run();
    }
  }

  private Problem unreadable() {
    return Problem.of(ErrorCode.INTERNAL, "the record of this session cannot be read")
        .about(context.self());
  }

  private final class Dispatch implements EventHandler {
    @Override
    public void onExecuteRequested(Event.ExecuteRequested event) {
      Ask ask =
          new Ask.FromClient(
              context.self(), event.token(), event.request(), event.deadlineMillis());
      request(event.key(), ask);
    }

    @Override
    public void onMessageReceived(Event.MessageReceived event) {
      event.message().dispatchTo(new Messages(event.key()), event.from());
    }

    @Override
    public void onRecordLoaded(Event.RecordLoaded event) {
      Slot slot = context.slots.get(event.key());
      if (!slot.loaded) {
        slot.loaded = true;
        slot.record = event.record().orElse(SessionRecord.NONE);
        steps.breaking.onLoaded(slot);
        resume(slot);
        context.slots.weigh(slot, context.doneSeq);
      }
    }

    @Override
    public void onLoadFailed(Event.LoadFailed event) {
      context
          .slots
          .find(event.key())
          .filter(slot -> !slot.loaded)
          .ifPresent(SessionProtocol.this::giveUp);
    }

    @Override
    public void onCommitted(Event.Committed event) {
      context.done(event.throughSeq());
      for (Slot slot : ImmutableList.copyOf(context.barred)) {
        if (slot.barrierSeq <= context.doneSeq) {
          context.barred.remove(slot);
          resume(slot);
        }
      }
    }

    @Override
    public void onTimerFired(Event.TimerFired event) {
      context
          .slots
          .find(event.timer().key())
          .ifPresent(slot -> onDeadline(slot, event.timer().tag()));
    }

    private void onDue(Slot slot) {
      steps.keeping.onDue(slot);
      steps.ending.onDue(slot);
    }

    private void onDeadline(Slot slot, long tag) {
      Ask ask = slot.deadlines.get(tag);
      if (ask != null && steps.visiting.isVisitor(slot, ask)) {
        slot.deadlines.remove(tag);
        steps.visiting.onDeadline(slot, ask);
      } else {
        steps.pulling.onDeadline(slot, tag);
      }
    }

    @Override
    public void onRecordDue(Event.RecordDue event) {
      Slot slot = context.slots.get(event.key());
      whenLoaded(slot, Optional.empty(), () -> onDue(slot));
    }

    @Override
    public void onPeerConnected(Event.PeerConnected event) {
      context.connected(event.pop(), event.recordFormat());
    }

    @Override
    public void onPeerDisconnected(Event.PeerDisconnected event) {
      context.disconnected(event.pop());
      steps.pulling.onDisconnected(event.pop());
      steps.visiting.onDisconnected(event.pop());
    }

    @Override
    public void onStorageSpaceChanged(Event.StorageSpaceChanged event) {
      context.writable = event.writable();
    }

    @Override
    public void onDrainStarted(Event.DrainStarted event) {
      context.draining = true;
    }

    @Override
    public void onNamespacesChanged(Event.NamespacesChanged event) {
      context.namespaces = event.namespaces();
    }

    @Override
    public void onPolicyChanged(Event.PolicyChanged event) {
      context.policy = event.policy();
    }

    @Override
    public void onResidencyDue(Event.ResidencyDue event) {
      Slot slot = context.slots.get(event.key());
      whenLoaded(slot, Optional.empty(), () -> steps.sweeping.look(slot, event.round()));
    }

    @Override
    public void onDirectoryTrusted(Event.DirectoryTrusted event) {
      context.directoryWhole = event.whole();
    }

    @Override
    public void onHomeForgot(Event.HomeForgot event) {
      Slot slot = context.slots.get(event.key());
      whenLoaded(slot, Optional.empty(), () -> steps.announcing.onHomeForgot(slot));
    }
  }

  /** Sorts messages about one session: what another POP asks or owes, and what it answers. */
  private final class Messages implements PeerMessage.Handler {
    private final KeyHash key;

    Messages(KeyHash key) {
      this.key = key;
    }

    @Override
    public void onAcquire(PopId from, PeerMessage.Acquire message) {
      if (context.isSelf(message.asker())) {
        answered(slot -> steps.pullAnswers.onCameBack(slot, message));
      } else {
        long deadline = context.now() + message.timeLeftMillis();
        Ask ask = new Ask.FromPeer(from, message, deadline);
        request(key, ask);
      }
    }

    @Override
    public void onGranted(PopId from, PeerMessage.Granted message) {
      answered(slot -> steps.pullAnswers.onGranted(slot, from, message));
    }

    @Override
    public void onExecuted(PopId from, PeerMessage.Executed message) {
      returned(message, slot -> steps.pullAnswers.onExecuted(slot, message));
    }

    @Override
    public void onPassedTo(PopId from, PeerMessage.PassedTo message) {
      answered(slot -> steps.pullAnswers.onPassedTo(slot, message));
    }

    @Override
    public void onMoved(PopId from, PeerMessage.Moved message) {
      returned(message, slot -> steps.pullAnswers.onMoved(slot, message));
    }

    @Override
    public void onRefused(PopId from, PeerMessage.Refused message) {
      returned(message, slot -> steps.pullAnswers.onRefused(slot, message));
    }

    @Override
    public void onUnknown(PopId from, PeerMessage.Unknown message) {
      returned(message, slot -> steps.pullAnswers.onUnknown(slot, message));
    }

    @Override
    public void onStay(PopId from, PeerMessage.Stay message) {
      answered(slot -> steps.pullAnswers.onStay(slot, message.nonce()));
    }

    @Override
    public void onOffer(PopId from, PeerMessage.Offer message) {
      loaded(slot -> steps.relocating.onOffer(slot, from, message));
    }

    @Override
    public void onCreate(PopId from, PeerMessage.Create message) {
      long deadline = context.now() + message.timeLeftMillis();
      request(key, new Ask.FromCreator(from, message, deadline));
    }

    @Override
    public void onConfirm(PopId from, PeerMessage.Confirm message) {
      loaded(slot -> steps.confirming.onConfirm(slot, from, message));
    }

    @Override
    public void onConfirmAck(PopId from, PeerMessage.ConfirmAck message) {
      loaded(slot -> steps.confirming.onConfirmAck(slot, from, message.epoch()));
    }

    @Override
    public void onDeclined(PopId from, PeerMessage.Declined message) {
      loaded(slot -> steps.confirming.onDeclined(slot, from, message.epoch()));
    }

    @Override
    public void onDeclineAck(PopId from, PeerMessage.DeclineAck message) {
      loaded(slot -> steps.confirming.onDeclineAck(slot, from, message.epoch()));
    }

    @Override
    public void onAnnounce(PopId from, PeerMessage.Announce message) {
      loaded(slot -> steps.announcing.onAnnounce(slot, from, message));
    }

    @Override
    public void onAnnounceAck(PopId from, PeerMessage.AnnounceAck message) {
      loaded(slot -> steps.announcing.onAnnounceAck(slot, message));
    }

    @Override
    public void onReadPart(PopId from, PeerMessage.ReadPart message) {
      part(from, message.nonce(), slot -> steps.keeping.onReadPart(slot, from, message));
    }

    @Override
    public void onPartRead(PopId from, PeerMessage.PartRead message) {
      answered(slot -> steps.visiting.onPartRead(slot, message));
    }

    @Override
    public void onWritePart(PopId from, PeerMessage.WritePart message) {
      part(from, message.nonce(), slot -> steps.keeping.onWritePart(slot, from, message));
    }

    @Override
    public void onPartWritten(PopId from, PeerMessage.PartWritten message) {
      answered(slot -> steps.visiting.onPartWritten(slot, message.nonce()));
    }

    @Override
    public void onPartRefused(PopId from, PeerMessage.PartRefused message) {
      answered(slot -> steps.visiting.onPartRefused(slot, message));
    }

    @Override
    public void onPartSwung(PopId from, PeerMessage.PartSwung message) {
      loaded(slot -> steps.keeping.onPartSwung(slot, message.stamp()));
    }

    @Override
    public void onDropPart(PopId from, PeerMessage.DropPart message) {
      loaded(slot -> steps.keeping.onDropPart(slot, from, message.epoch()));
    }

    @Override
    public void onPartDropped(PopId from, PeerMessage.PartDropped message) {
      loaded(slot -> steps.keeping.onPartDropped(slot, from, message.epoch()));
    }

    /** A question of an owner, who is told if the record cannot be read. */
    private void part(PopId from, Nonce nonce, Consumer<Slot> step) {
      Slot slot = context.slots.get(key);
      whenLoaded(
          slot,
          new Slot.Waiting(
              Optional.empty(),
              () -> step.accept(slot),
              () -> steps.keeping.refuse(slot, from, nonce, unreadable())));
    }

    private void loaded(Consumer<Slot> step) {
      Slot slot = context.slots.get(key);
      whenLoaded(slot, Optional.empty(), () -> step.accept(slot));
    }

    /** An answer counts only where its question is still in memory. */
    private void answered(Consumer<Slot> step) {
      context.slots.find(key).filter(slot -> slot.loaded).ifPresent(step);
    }

    /** An answer that may be on its way to another POP. */
    private void returned(Returning message, Consumer<Slot> step) {
      if (context.isSelf(message.asker())) {
        answered(step);
      } else {
        steps.answering.relay(key, message);
      }
    }
  }
}
