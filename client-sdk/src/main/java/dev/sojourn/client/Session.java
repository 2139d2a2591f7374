package dev.sojourn.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One user's session, for as long as one request of that user is handled.
 *
 * <p>Changes are collected and go out together with {@link #save()}, in one round trip and as one
 * atomic step. Only the changes are sent, never the whole session, so two requests that change
 * different fields at the same time both keep what they wrote. Reads show the fields with the
 * changes that are not saved yet.
 *
 * <p>When a save ends in a {@linkplain SojournException#retryable() retryable} exception, it is not
 * known whether it was applied. The session keeps that request, and the next save sends it again
 * first, byte for byte, so that it is applied once. After any other exception nothing of it was
 * applied, and its changes are forgotten.
 *
 * <p>Thread-safe; requests of one session go out one after the other. The futures complete on the
 * thread that delivers answers: do not block it, and use the {@code ...Async} stages of {@code
 * CompletableFuture} for anything slow. They fail with a {@link SojournException} as cause.
 */
public final class Session {
  private final Requests requests;
  private final Exchange exchange;
  private final @Nullable StartReason startedBecause;
  private Operations changes = Operations.none();

  Session(Requests requests, Exchange exchange, @Nullable StartReason startedBecause) {
    this.requests = requests;
    this.exchange = exchange;
    this.startedBecause = startedBecause;
  }

  /** Why this session started empty; nothing if it was there already. */
  public Optional<StartReason> startedBecause() {
    return Optional.ofNullable(startedBecause);
  }

  /** Gives each request from now on so much time, retries included: 1 ms to 1 h. */
  public Session within(Duration time) {
    exchange.within(Requests.lawful(time));
    return this;
  }

  /** The field, or nothing if it is absent. */
  public Optional<Field> get(String name) {
    return withChanges(requests.await(exchange.read())).field(name);
  }

  /** The field read as UTF-8, or nothing if it is absent. */
  public Optional<String> getText(String name) {
    return get(name).map(Field::text);
  }

  /** The field read as a number, or nothing if it is absent or no number. */
  public OptionalLong getNumber(String name) {
    return get(name).map(Field::number).orElse(OptionalLong.empty());
  }

  /** All fields by name. Asks the node only if what was read before may have changed. */
  public Map<String, Field> fields() {
    return requests.await(fieldsAsync());
  }

  public CompletableFuture<Map<String, Field>> fieldsAsync() {
    return exchange.read().thenApply(saved -> withChanges(saved).read());
  }

  public Session put(Field field) {
    return change(Operations.none().put(field));
  }

  public Session put(String name, byte[] value) {
    return change(Operations.none().put(name, value));
  }

  /** Sets a field to text, stored as UTF-8. */
  public Session putText(String name, String text) {
    return change(Operations.none().putText(name, text));
  }

  public Session remove(String name) {
    return change(Operations.none().remove(name));
  }

  /** Adds to a number at its owner, so that two increments at once count as two. */
  public Session increment(String name, long by) {
    return change(Operations.none().increment(name, by));
  }

  /** Adds bytes at the end of a field, or creates it. */
  public Session append(String name, byte[] value) {
    return change(Operations.none().append(name, value));
  }

  /** Replaces the credential and keeps the fields. Do this at login, against session fixation. */
  public Session rotate() {
    return change(Operations.none().rotate());
  }

  /** Ends the session for good, at logout. Nothing brings it back. */
  public Session destroy() {
    return change(Operations.none().destroy());
  }

  /**
   * Sends the changes; does nothing if there are none.
   *
   * @return one result for each change
   */
  public Results save() {
    return requests.await(saveAsync());
  }

  public CompletableFuture<Results> saveAsync() {
    return exchange.run(changesAnd(Operations.none()));
  }

  /**
   * Sends the changes and then {@code operations}, all as one step: reads and writes in one round
   * trip.
   *
   * @return one result for each of {@code operations}
   */
  public Results execute(Operations operations) {
    return requests.await(executeAsync(operations));
  }

  public CompletableFuture<Results> executeAsync(Operations operations) {
    return exchange
        .run(changesAnd(operations))
        .thenApply(results -> results.from(results.all().size() - operations.size()));
  }

  /** The hint, for those who do not keep it in a cookie; nothing if there is no session. */
  public Optional<String> hint() {
    return exchange.hint().map(Credential::hint);
  }

  /**
   * The value of the {@code Set-Cookie} header to send; nothing if the browser's cookie is still
   * right. Ask after the last save.
   */
  public Optional<String> setCookie() {
    return exchange.setCookie();
  }

  /** How the last request came to its answer; nothing before the first. */
  public Optional<Outcome> lastOutcome() {
    return exchange.lastOutcome();
  }

  /**
   * The session's version as last heard; 0 while there is none. For {@link
   * Operations#requireVersion}.
   */
  public long version() {
    return exchange.version();
  }

  @Override
  public String toString() {
    return "session at version " + version();
  }

  private synchronized Session change(Operations more) {
    changes = changes.and(more);
    return this;
  }

  private synchronized Operations changesAnd(Operations operations) {
    Operations all = changes.and(operations);
    changes = Operations.none();
    return all;
  }

  private synchronized Snapshot withChanges(Snapshot saved) {
    return saved.after(changes.wire());
  }
}
