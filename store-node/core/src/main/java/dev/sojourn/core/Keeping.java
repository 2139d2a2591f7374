package dev.sojourn.core;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.message.PeerMessage.PartRefused;
import dev.sojourn.core.message.PeerMessage.ReadPart;
import dev.sojourn.core.message.PeerMessage.WritePart;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.Custody.Kept;
import dev.sojourn.core.state.FieldMark;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a custodian does with the part of a split session that it keeps for the owner (rule R23). It
 * shows exactly the value that is asked for, keeps a new one beside it, and drops one only on the
 * owner's word. Nothing that it holds waits for anybody.
 */
final class Keeping {
  private final Context context;
  private final Residency residency;

  Keeping(Context context, Residency residency) {
    this.context = context;
    this.residency = residency;
  }

  private static Problem lost(PopId custodian) {
    return Problem.of(
            ErrorCode.SESSION_LOST,
            "`" + custodian + "` kept a part of this session and no longer has it")
        .about(custodian);
  }

  private static Problem erased(PopId custodian) {
    return Problem.of(
            ErrorCode.SESSION_ERASED,
            "`"
                + custodian
                + "` kept a part of this session, and erased it: a new residency policy did not let"
                + " it rest there, and its owner could not take it in time")
        .about(custodian);
  }

  /** Why a part that this POP is to keep is not there. */
  Problem missing(Slot slot) {
    boolean isErased = slot.record.custody().filter(Custody::isErased).isPresent();
    return isErased ? erased(context.self()) : lost(context.self());
  }

  void onReadPart(Slot slot, PopId from, ReadPart message) {
    Optional<Kept> kept = find(slot, message.stamp());
    if (kept.isEmpty()) {
      refuse(slot, from, message.nonce(), missing(slot, message.stamp()));
      return;
    }
    Custody custody = slot.record.custody().orElseThrow();
    ImmutableSortedMap<String, Field> asked =
        message.marks().isEmpty()
            ? kept.get().fields()
            : ImmutableSortedMap.copyOfSorted(
                Maps.filterKeys(
                    kept.get().fields(),
                    name -> message.marks().contains(FieldMark.of(custody.key(), name))));
    ImmutableSortedMap<String, Field> shown =
        residency.visible(custody.key(), custody.residency(), asked, from);
    Optional<Problem> refusal =
        message.marks().isEmpty() || shown.size() == asked.size()
            ? Optional.empty()
            : residency.refusalToSee(custody.key(), custody.residency(), asked, from);
    if (refusal.isPresent()) {
      refuse(slot, from, message.nonce(), refusal.get());
    } else {
      boolean redacted = shown.size() < asked.size();
      say(slot, from, new PeerMessage.PartRead(message.nonce(), shown, redacted));
    }
  }

  void onWritePart(Slot slot, PopId from, WritePart message) {
    Optional<Kept> base = find(slot, message.base());
    if (find(slot, message.stamp()).isPresent()) {
      say(slot, from, new PeerMessage.PartWritten(message.nonce()));
    } else if (base.isEmpty()) {
      refuse(slot, from, message.nonce(), missing(slot, message.base()));
    } else {
      Custody custody = slot.record.custody().orElseThrow();
      Optional<Problem> refusal = refusal(custody, message);
      if (refusal.isPresent()) {
        refuse(slot, from, message.nonce(), refusal.get());
      } else {
        keep(slot, custody.with(base.get(), next(custody.key(), base.get(), message)));
        say(slot, from, new PeerMessage.PartWritten(message.nonce()));
      }
    }
  }

  private Optional<Problem> refusal(Custody custody, WritePart message) {
    if (!message.stamp().isAfter(custody.highest().orElseThrow())) {
      // INVARIANT: a late one replaces nothing, or what its owner points to now would be gone.
      return Optional.of(
          Problem.of(ErrorCode.BUSY, "a later value of this part is kept already")
              .about(context.self()));
    } else if (!context.writable) {
      return Optional.of(
          Problem.of(ErrorCode.STORAGE_FULL, "the disk of this POP is below its reserve")
              .about(context.self()));
    }
    return residency.refusalToStore(
        custody.key(), custody.residency(), message.fields(), context.self());
  }

  private static Kept next(SessionKey key, Kept base, WritePart message) {
    TreeMap<String, Field> fields =
        new TreeMap<>(
            Maps.filterKeys(
                (Map<String, Field>) base.fields(),
                name -> !message.removed().contains(FieldMark.of(key, name))));
    fields.putAll(message.fields());
    return new Kept(message.stamp(), ImmutableSortedMap.copyOfSorted(fields));
  }

  private void keep(Slot slot, Custody custody) {
    slot.record = slot.record.withCustody(Optional.of(custody));
    context.turn().write(slot);
    context.count(Step.PART_KEPT);
  }

  /** Which value counts is the owner's to say; the other one is not needed any more. */
  void onPartSwung(Slot slot, Stamp stamp) {
    slot.record
        .custody()
        .filter(custody -> custody.beside().filter(e -> e.stamp().equals(stamp)).isPresent())
        .ifPresent(
            custody -> {
              slot.record = slot.record.withCustody(Optional.of(custody.swungTo(stamp)));
              context.turn().writeLazily(slot);
            });
  }

  void onDropPart(Slot slot, PopId from, Epoch epoch) {
    boolean isOver =
        slot.record.custody().filter(custody -> !custody.epoch().isAfter(epoch)).isPresent();
    if (isOver) {
      drop(slot);
      context.turn().write(slot);
    }
    say(slot, from, new PeerMessage.PartDropped(epoch));
  }

  void onPartDropped(Slot slot, PopId from, Epoch epoch) {
    var dropped = slot.record.dropped(from, epoch);
    if (dropped.drops().size() != slot.record.drops().size()) {
      slot.record = dropped;
      context.turn().writeLazily(slot);
    }
  }

  /** No owner can need it any more: the session cannot have lived longer. */
  void onDue(Slot slot) {
    boolean isOver =
        slot.record
            .custody()
            .filter(custody -> custody.expiresAtMillis() <= context.now())
            .isPresent();
    if (isOver) {
      drop(slot);
      context.turn().writeLazily(slot);
    }
  }

  /**
   * What it keeps may not rest here any more, and its owner has not taken it in time (rule R21). It
   * is told so when it asks.
   */
  void erase(Slot slot, Custody custody) {
    context.turn().noteDropped(slot, custody);
    slot.record = slot.record.withCustody(Optional.of(custody.erased()));
    context.turn().write(slot);
    context.count(Step.SWEPT);
  }

  private void drop(Slot slot) {
    slot.record.custody().ifPresent(custody -> context.turn().noteDropped(slot, custody));
    slot.record = slot.record.withCustody(Optional.empty());
    context.count(Step.PART_DROPPED);
  }

  /**
   * A payload that comes to rest here as its owner's: with the part that this POP kept of it, if it
   * points here. Any other part of it is of the past. That it was erased is remembered.
   */
  static SessionData comeHome(Slot slot, SessionData data) {
    SessionData whole = whole(slot, data);
    slot.record =
        slot.record.withCustody(
            slot.record
                .custody()
                .filter(each -> whole.leftBehind().isPresent() && each.isErased()));
    return whole;
  }

  /** Such a payload, with the part that this POP keeps of it. */
  static SessionData whole(Slot slot, SessionData data) {
    return data.leftBehind()
        .flatMap(part -> find(slot, part.stamp()))
        .map(kept -> data.joined(kept.fields()))
        .orElse(data);
  }

  private static Optional<Kept> find(Slot slot, Stamp stamp) {
    return slot.record.custody().flatMap(custody -> custody.find(stamp));
  }

  private Problem missing(Slot slot, Stamp stamp) {
    boolean hasLater =
        slot.record
            .custody()
            .flatMap(Custody::highest)
            .filter(highest -> highest.isAfter(stamp))
            .isPresent();
    return hasLater
        ? Problem.of(
                ErrorCode.SESSION_ROLLED_BACK,
                "the owner's store is older than the part that `" + context.self() + "` keeps")
            .about(context.self())
        : missing(slot);
  }

  void refuse(Slot slot, PopId to, Nonce nonce, Problem problem) {
    say(slot, to, new PartRefused(nonce, problem));
  }

  private void say(Slot slot, PopId to, PeerMessage message) {
    context.turn().whenDurable(slot, new Effect.Send(to, slot.key, message));
  }
}
