package dev.sojourn.server.shell;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.server.storage.Completion;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.value.KeyHash;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** A walk over all records of a store, one after the other, on the store's own scanning thread. */
public final class RecordScan {
  private final SessionStore store;

  public RecordScan(SessionStore store) {
    this.store = store;
  }

  /** Looks at one record; it may block, which slows down nothing but the scan. */
  @FunctionalInterface
  public interface RecordVisitor {
    void visit(KeyHash key, SessionRecord record);

    /** There is a record, and nobody can say what it holds: it is damaged, or the disk fails. */
    default void unreadable(KeyHash key) {}
  }

  /** Which keys are worth loading; asked once for each. */
  @FunctionalInterface
  public interface KeyChoice {
    boolean isWanted(KeyHash key);
  }

  /**
   * Walks in the order of the keys until the end, or until {@code goOn} says no.
   *
   * @return how many keys there were
   */
  public CompletableFuture<Long> run(
      KeyChoice choice, RecordVisitor visitor, BooleanSupplier goOn) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    store.forEach(
        key -> {
          if (choice.isWanted(key)) {
            look(key, visitor);
          }
          return goOn.getAsBoolean();
        },
        new Completion<>(done));
    return done;
  }

  private void look(KeyHash key, RecordVisitor visitor) {
    Optional<SessionRecord> record;
    try {
      record = begin(key).join();
    } catch (CompletionException e) {
      visitor.unreadable(key);
      return;
    }
    record.ifPresent(read -> visitor.visit(key, read));
  }

  /** Waits for one record; empty if there is none, or if it cannot be read. */
  Optional<SessionRecord> load(KeyHash key) {
    try {
      return begin(key).join();
    } catch (CompletionException e) {
      return Optional.empty();
    }
  }

  private CompletableFuture<Optional<SessionRecord>> begin(KeyHash key) {
    CompletableFuture<Optional<SessionRecord>> loaded = new CompletableFuture<>();
    store.load(key, new Completion<>(loaded));
    return loaded;
  }
}
