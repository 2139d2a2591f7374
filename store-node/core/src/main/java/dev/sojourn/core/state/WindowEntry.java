package dev.sojourn.core.state;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.RequestId;
import java.util.Collections;

/**
 * A write that was applied, remembered so that its retry is answered and not applied again.
 *
 * @param operationsDigest of the operations; a retry with another digest is refused
 * @param version that the request left
 * @param generation that the request left the session at
 * @param hintExpiresAtMillis of the hint that answered it (wall clock); a replay repeats it
 * @param appliedAtMillis local instant; relative to the moment of sending on the wire
 * @param results as answered, or {@link OperationResult.Withheld} where they grew too large to keep
 */
public record WindowEntry(
    RequestId id,
    Bytes operationsDigest,
    long version,
    long generation,
    long hintExpiresAtMillis,
    long appliedAtMillis,
    ImmutableList<OperationResult> results) {

  public WindowEntry shifted(long byMillis) {
    return new WindowEntry(
        id,
        operationsDigest,
        version,
        generation,
        hintExpiresAtMillis,
        appliedAtMillis + byMillis,
        results);
  }

  public long resultBytes() {
    return ResultSize.of(results);
  }

  /**
   * The same entry without its results: that it was applied is never forgotten with them. There is
   * still one for each operation, since callers look for them by place.
   */
  public WindowEntry withheld() {
    return new WindowEntry(
        id,
        operationsDigest,
        version,
        generation,
        hintExpiresAtMillis,
        appliedAtMillis,
        ImmutableList.copyOf(Collections.nCopies(results.size(), new OperationResult.Withheld())));
  }
}
