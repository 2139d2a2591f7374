package dev.sojourn.server.shell;

import dev.sojourn.core.event.Event;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the store and other POPs have for one shard. Waking a loop costs more than the work behind
 * it, so it is woken once for all that came since it last looked. Any thread may put in; the loop
 * alone takes out.
 */
final class Inbox {
  private final Executor loop;
  private final Consumer<Event> onEvent;
  private final LongConsumer onCommitted;
  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong committed = new AtomicLong();
  private final AtomicBoolean woken = new AtomicBoolean();
  private long committedTold;

  Inbox(Executor loop, Consumer<Event> onEvent, LongConsumer onCommitted) {
    this.loop = loop;
    this.onEvent = onEvent;
    this.onCommitted = onCommitted;
  }

  void put(Event event) {
    size.incrementAndGet();
    events.add(event);
    wake();
  }

  /** Commits up to {@code throughSeq} are done; called with numbers that only grow. */
  void putCommitted(long throughSeq) {
    committed.set(throughSeq);
    wake();
  }

  /** How many events wait. */
  int size() {
    return size.get();
  }

  private void wake() {
    if (!woken.get() && woken.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    // Cleared first: what is put in from here on either is seen below or wakes the loop again.
    woken.set(false);
    long through = committed.get();
    if (through > committedTold) {
      committedTold = through;
      onCommitted.accept(through);
    }
    @Nullable Event event;
    // Only as many as there are now: the loop has connections to serve as well.
    for (int left = size.get(); left > 0 && (event = events.poll()) != null; left--) {
      size.decrementAndGet();
      onEvent.accept(event);
    }
    if (!events.isEmpty()) {
      wake();
    }
  }
}
