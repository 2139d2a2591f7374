package dev.sojourn.core.request;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.Bytes;

/** One step of a request; all steps of a request run atomically and in order on one session. */
public sealed interface Operation {
  /**
   * Whether this step changes the session, so that the request is a write and raises its version.
   */
  default boolean writes() {
    return true;
  }

  /** Whether this step makes a session where there is none: it leaves a field behind. */
  default boolean creates() {
    return false;
  }

  /**
   * Reads fields; an absent field is absent in the answer, not an error.
   *
   * @param names empty for all fields
   */
  record Get(ImmutableList<String> names) implements Operation {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record Put(String name, Field field) implements Operation {
    @Override
    public boolean creates() {
      return true;
    }
  }

  record Remove(String name) implements Operation {}

  /** Adds to a decimal signed 64-bit number kept as text; an absent field counts as 0. */
  record Increment(String name, long by) implements Operation {
    @Override
    public boolean creates() {
      return true;
    }
  }

  /** Appends to a field; an absent field is created. */
  record Append(String name, Bytes suffix) implements Operation {
    @Override
    public boolean creates() {
      return true;
    }
  }

  /** Fails the whole request unless the session is exactly at {@code version}. */
  record RequireVersion(long version) implements Operation {
    @Override
    public boolean writes() {
      return false;
    }
  }

  /** Extends the idle lifetime; coalesced, so that it seldom costs a write. */
  record Touch() implements Operation {
    @Override
    public boolean writes() {
      return false;
    }
  }

  /** Raises the generation: every hint issued before is refused from now on. */
  record Rotate() implements Operation {}

  /** Ends the session for good. Nothing may follow it in a request. */
  record Destroy() implements Operation {}
}
