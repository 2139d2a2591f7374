package dev.sojourn.server.shell;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.SessionProtocol;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import dev.sojourn.core.effect.RecordWrite;
import dev.sojourn.core.event.Event;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.CommitLane;
import dev.sojourn.server.storage.CommitListener;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreCallback;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One shard of a POP's sessions: a {@link SessionProtocol}, and who may drive it when. A client's
 * request is handled by the thread that read it, without a hand-over, unless another thread is in
 * the shard just then, which handles it next ({@link Turns}). What timers, the store and other POPs
 * have for the shard comes by its event loop.
 *
 * <p>Of one event's effects, the commit is handed to the store first, then what may be done at once
 * is done, then what must wait is queued. When commits are done, what waited for them is released
 * first, and only then does the core hear of it ({@code Committed}): what the core says in answer
 * to that comes after what it had said before.
 *
 * <p>When the store fails, or the core throws, the shard stops at once: nothing is served from a
 * state that may differ from the disk (rule R8). Whoever waits is told to retry elsewhere.
 */
public final class Shard {
  /** Beyond this, no message of another POP is taken, and the stream that brought it is closed. */
  private static final int MESSAGES_QUEUED_MAX = 100_000;

  private final EventLoop loop;
  private final SessionProtocol core;
  private final SessionStore store;
  private final MessageSender peers;
  private final NodeClock clock;
  private final ShardObserver observer;
  private final CommitLane lane;
  private final Inbox inbox;
  private final LoopTimers timers;
  private final Backlog backlog;
  private final Turns turns = new Turns();
  private final ReleaseQueue releases = new ReleaseQueue();
  private final Callers callers = new Callers();

  /** Whose record could not be read: the operator hears of each once, however often it is asked. */
  private final Set<KeyHash> unreadable = new HashSet<>();

  /** How each POP introduced itself whose stream is up. */
  private final Map<PopId, Event.PeerConnected> links = new HashMap<>();

  private int loadsPending;
  private boolean stopped;

  Shard(
      EventLoop loop,
      PopId self,
      SessionProtocol core,
      SessionStore store,
      MessageSender peers,
      NodeClock clock,
      ShardObserver observer) {
    this.loop = loop;
    this.core = core;
    this.store = store;
    this.peers = peers;
    this.clock = clock;
    this.observer = observer;
    this.backlog = new Backlog(self);
    this.inbox = new Inbox(this::runOnLoop, this::taken, this::committed);
    this.timers = new LoopTimers(loop, turns, clock, timer -> handle(new Event.TimerFired(timer)));
    this.lane = store.openLane(new LaneListener());
  }

  public EventLoop loop() {
    return loop;
  }

  /**
   * Hands a client's request to the core. By any thread, which may find itself handling what others
   * have brought meanwhile.
   *
   * @param deadlineMillis instant at which the client gives up
   */
  public void execute(KeyHash key, SessionRequest request, long deadlineMillis, Caller caller) {
    turns.run(() -> take(key, request, deadlineMillis, caller));
  }

  private void take(KeyHash key, SessionRequest request, long deadlineMillis, Caller caller) {
    if (stopped) {
      caller.answered(Callers.failure(Callers.shuttingDown()));
    } else {
      long token = callers.add(caller);
      handle(new Event.ExecuteRequested(token, key, request, deadlineMillis));
    }
  }

  /** Hands over an event. By any thread. */
  public void post(Event event) {
    inbox.put(event);
  }

  /**
   * Hands over a message of another POP. By any thread.
   *
   * @return false if too much waits already; then it is dropped, and its stream must end, so that
   *     nobody waits for an answer to it
   */
  public boolean postMessage(Event.MessageReceived message) {
    if (inbox.size() >= MESSAGES_QUEUED_MAX) {
      observer.messageDropped();
      return false;
    }
    inbox.put(message);
    return true;
  }

  /** How the shard stands, as soon as its loop has time to say so. By any thread. */
  public CompletableFuture<ShardSnapshot> snapshot() {
    return CompletableFuture.supplyAsync(
        () ->
            new ShardSnapshot(
                callers.size(), inbox.size() + loadsPending, releases.size(), backlog.snapshot()),
        this::runOnLoop);
  }

  /** Stops soon: answers nobody from then on, and tells whoever waits. By any thread. */
  void stop() {
    runOnLoop(this::stopNow);
  }

  private void stopNow() {
    stopped = true;
    timers.cancelAll();
    callers.failAll(Callers.shuttingDown());
  }

  private void taken(Event event) {
    if (event instanceof Event.PeerConnected connected) {
      links.put(connected.pop(), connected);
    } else if (event instanceof Event.PeerDisconnected disconnected) {
      links.remove(disconnected.pop());
    }
    handle(event);
  }

  private void handle(Event event) {
    try {
      step(event);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void committed(long throughSeq) {
    if (stopped) {
      return;
    }
    try {
      releases.durable(throughSeq, this::perform);
      step(new Event.Committed(throughSeq));
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** On the loop, since the store's threads and timers have better things to do. */
  private void runOnLoop(Runnable work) {
    loop.execute(() -> turns.run(work));
  }

  private void step(Event event) {
    if (stopped) {
      return;
    }
    Effects effects = core.handle(clock.nowMillis(), event);
    if (effects.commit().isPresent()) {
      submit(effects.commit().get());
    }
    perform(effects.now());
    if (!effects.afterCommit().isEmpty()) {
      if (releases.isDurable(effects.afterCommitSeq())) {
        perform(effects.afterCommit());
      } else {
        releases.add(effects);
      }
    }
  }

  private void submit(Commit commit) {
    releases.submitted(commit);
    lane.submit(commit);
    long nowMillis = clock.nowMillis();
    for (RecordWrite write : commit.writes()) {
      backlog.observe(write.key(), write.record(), nowMillis);
    }
  }

  private void perform(ImmutableList<Effect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      perform(effects.get(i));
    }
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Answer answer) {
      callers.answer(answer.token(), answer.reply());
    } else if (effect instanceof Effect.Count count) {
      observer.counted(count.step());
    } else if (effect instanceof Effect.Send send) {
      if (!peers.send(send.to(), send.key(), send.message())) {
        notSent(send.to());
      }
    } else if (effect instanceof Effect.Load load) {
      loadsPending++;
      store.load(load.key(), new LoadCallback(load.key()));
    } else if (effect instanceof Effect.SetTimer timer) {
      timers.set(timer.timer(), timer.atMillis());
    } else if (effect instanceof Effect.CancelTimer timer) {
      timers.cancel(timer.timer());
    } else if (effect instanceof Effect.Alarm alarm) {
      observer.alarm(alarm.kind(), alarm.key());
    }
  }

  /**
   * A message was dropped on this side. The core must not wait for an answer to it, nor take the
   * POP for out of reach from here on: if its stream is up, nobody else will say so again.
   */
  private void notSent(PopId to) {
    // From within a turn, so both are handled after what is under way.
    turns.run(() -> handle(new Event.PeerDisconnected(to)));
    Event.PeerConnected link = links.get(to);
    if (link != null) {
      turns.run(() -> handle(link));
    }
  }

  private void loaded(KeyHash key, Optional<SessionRecord> record) {
    loadsPending--;
    backlog.observe(key, record, clock.nowMillis());
    handle(new Event.RecordLoaded(key, record));
  }

  /** One record that cannot be read must neither stop a node nor pass for an absent one. */
  private void loadFailed(KeyHash key, StorageException cause) {
    loadsPending--;
    if (cause instanceof StorageException.Corrupt
        || cause instanceof StorageException.NewerFormat) {
      if (unreadable.add(key)) {
        observer.unreadable(key, cause);
      }
      handle(new Event.LoadFailed(key));
    } else {
      fail(cause);
    }
  }

  private void fail(Throwable cause) {
    if (!stopped) {
      stopNow();
      observer.failed(cause);
    }
  }

  private final class LaneListener implements CommitListener {
    @Override
    public void committed(long throughSeq) {
      inbox.putCommitted(throughSeq);
    }

    @Override
    public void failed(StorageException cause) {
      runOnLoop(() -> fail(cause));
    }
  }

  /** Answers of the store come one by one, from its threads. */
  private final class LoadCallback implements StoreCallback<Optional<SessionRecord>> {
    private final KeyHash key;

    LoadCallback(KeyHash key) {
      this.key = key;
    }

    @Override
    public void completed(Optional<SessionRecord> record) {
      runOnLoop(() -> loaded(key, record));
    }

    @Override
    public void failed(StorageException cause) {
      runOnLoop(() -> loadFailed(key, cause));
    }
  }
}
