package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.effect.LedgerEntry;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.effect.Step;
import dev.sojourn.core.effect.TimerId;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.message.PeerMessage;
import dev.sojourn.core.move.MoveStrategy;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Reply;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RandomSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One POP with a disk that syncs when told to and a clock that stands still until told; its peers
 * are the test. Nothing leaves before the disk has synced what it waits for.
 */
final class LonePop {
  /** A message on its way out. */
  record Sent(PopId to, PeerMessage message) {}

  private record Held(long untilSeq, ImmutableList<Effect> effects) {}

  final PopId id;
  final SessionProtocol core;
  final Map<KeyHash, SessionRecord> disk = new LinkedHashMap<>();
  final Map<KeyHash, Long> due = new LinkedHashMap<>();
  final Map<Long, Reply> replies = new LinkedHashMap<>();
  final List<Sent> sent = new ArrayList<>();
  final List<LedgerEntry> ledger = new ArrayList<>();
  final List<AlarmKind> alarms = new ArrayList<>();
  final List<Step> steps = new ArrayList<>();
  final List<KeyHash> loads = new ArrayList<>();

  /** Records that the disk has damaged. */
  final Set<KeyHash> unreadable = new LinkedHashSet<>();

  long now = 1_000_000;

  private final ArrayDeque<Commit> unsynced = new ArrayDeque<>();
  private final List<Held> held = new ArrayList<>();
  private final Map<TimerId, Long> timers = new LinkedHashMap<>();
  private boolean slowReads;
  private long tokens;

  LonePop(String name, MoveStrategy move, long hotBytesMax) {
    this(name, NamespaceSettings.defaults().withMove(move), Life.FIRST, hotBytesMax);
  }

  LonePop(String name, NamespaceSettings settings, Life life, long hotBytesMax) {
    this(name, settings, life, hotBytesMax, Optional.empty());
  }

  LonePop(
      String name,
      NamespaceSettings settings,
      Life life,
      long hotBytesMax,
      Optional<PolicyInForce> policy) {
    this.id = new PopId(name);
    this.core =
        new SessionProtocol(
            new CoreSettings(
                id,
                ImmutableMap.of(Say.NAMESPACE, settings),
                600_000,
                1_000,
                60_000,
                life,
                policy,
                hotBytesMax),
            new Counter());
  }

  LonePop(String name) {
    this(name, MoveStrategy.always(), 1L << 20);
  }

  void starts(KeyHash key, SessionRecord record) {
    disk.put(key, record.withRevision(1));
  }

  /** From now on records are read only by {@link #readAll}. */
  void slowReads() {
    slowReads = true;
  }

  /** Answers every read that was asked for. */
  void readAll() {
    ImmutableList.copyOf(loads).forEach(this::answer);
    loads.clear();
  }

  private void answer(KeyHash key) {
    handle(
        unreadable.contains(key)
            ? new Event.LoadFailed(key)
            : new Event.RecordLoaded(key, Optional.ofNullable(disk.get(key))));
  }

  /** Its token, by which {@link #replies} knows the answer. */
  long client(KeyHash key, SessionRequest request) {
    tokens++;
    handle(new Event.ExecuteRequested(tokens, key, request, now + 5_000));
    return tokens;
  }

  void receive(String from, KeyHash key, PeerMessage message) {
    handle(new Event.MessageReceived(new PopId(from), key, message));
  }

  void connect(String... pops) {
    for (String pop : pops) {
      handle(new Event.PeerConnected(new PopId(pop), RecordFormat.CURRENT));
    }
  }

  void handle(Event event) {
    Effects effects = core.handle(now, event);
    effects.commit().ifPresent(unsynced::add);
    held.add(new Held(effects.afterCommitSeq(), effects.afterCommit()));
    effects.now().forEach(this::perform);
  }

  /** The disk catches up, over and over until nothing is left to write. */
  void sync() {
    while (!unsynced.isEmpty()) {
      long through = 0;
      while (!unsynced.isEmpty()) {
        Commit commit = unsynced.remove();
        commit.writes().forEach(this::store);
        ledger.addAll(commit.entries());
        through = commit.seq();
      }
      long synced = through;
      List<Held> ready = held.stream().filter(each -> each.untilSeq() <= synced).toList();
      held.removeAll(ready);
      ready.forEach(each -> each.effects().forEach(this::perform));
      handle(new Event.Committed(through));
    }
  }

  /** Lets time pass, with every timer that falls due on the way. */
  void pass(long millis) {
    long end = now + millis;
    now = end;
    for (Map.Entry<TimerId, Long> timer : ImmutableMap.copyOf(timers).entrySet()) {
      if (timer.getValue() <= end) {
        timers.remove(timer.getKey());
        handle(new Event.TimerFired(timer.getKey()));
      }
    }
  }

  SessionRecord record(KeyHash key) {
    return disk.getOrDefault(key, SessionRecord.NONE);
  }

  /** What came of the request that has this token. */
  Outcome outcome(long token) {
    Reply reply = replies.get(token);
    if (reply == null) {
      throw new AssertionError("the request has no answer");
    }
    return reply.outcome();
  }

  boolean isDue(KeyHash key) {
    return due.getOrDefault(key, Long.MAX_VALUE) <= now;
  }

  /** The latest message of this kind. */
  <M extends PeerMessage> M said(Class<M> kind) {
    List<M> all = sayings(kind);
    return all.get(all.size() - 1);
  }

  <M extends PeerMessage> List<M> sayings(Class<M> kind) {
    return sent.stream().map(Sent::message).filter(kind::isInstance).map(kind::cast).toList();
  }

  private void store(RecordWrite write) {
    SessionRecord old = disk.getOrDefault(write.key(), SessionRecord.NONE);
    if (old.revision() != write.expectedRevision()) {
      throw new AssertionError(
          "revision " + old.revision() + " on disk, " + write.expectedRevision() + " expected");
    }
    due.put(write.key(), write.dueAtMillis());
    if (write.record().isPresent()) {
      disk.put(write.key(), write.record().get());
    } else {
      disk.remove(write.key());
    }
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Load load) {
      loads.add(load.key());
      if (!slowReads) {
        answer(load.key());
      }
    } else if (effect instanceof Effect.Send send) {
      sent.add(new Sent(send.to(), send.message()));
    } else if (effect instanceof Effect.Answer answer) {
      if (replies.put(answer.token(), answer.reply()) != null) {
        throw new AssertionError("a request was answered twice");
      }
    } else if (effect instanceof Effect.SetTimer timer) {
      timers.put(timer.timer(), timer.atMillis());
    } else if (effect instanceof Effect.CancelTimer timer) {
      timers.remove(timer.timer());
    } else if (effect instanceof Effect.Alarm alarm) {
      alarms.add(alarm.kind());
    } else if (effect instanceof Effect.Count count) {
      steps.add(count.step());
    }
  }

  /** Nonces that differ, and repeat with each run. */
  private static final class Counter implements RandomSource {
    private long last;

    @Override
    public Bytes nextBytes(int length) {
      return Bytes.wrap(ByteBuffer.allocate(length).putLong(0, ++last).array());
    }

    @Override
    public RandomSource fork() {
      return new Counter();
    }
  }
}
