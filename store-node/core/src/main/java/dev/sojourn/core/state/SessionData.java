package dev.sojourn.core.state;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.request.Field;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.SessionKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The payload of a session: all that moves with it.
 *
 * @param version grows by one at each committed write, across owners
 * @param generation grows at each rotate; hints of an older one are refused
 * @param format the least record format that can hold this payload (rule R24)
 * @param breaks where crashes undid answered writes, oldest first; at most {@link #BREAKS_MAX}
 * @param leftBehind the pointer to a part that may not rest with the owner
 * @param unknown what a newer release wrote and this one does not understand, kept byte for byte
 */
public record SessionData(
    SessionKey key,
    long version,
    long generation,
    ImmutableSortedMap<String, Field> fields,
    RequestWindow window,
    Lifetime lifetime,
    Country residency,
    String label,
    int format,
    ImmutableList<Break> breaks,
    Optional<LeftBehind> leftBehind,
    Bytes unknown) {
  /** Beyond this the two oldest become one. */
  public static final int BREAKS_MAX = 32;

  private static final int FORMAT_WITHOUT_BREAKS = 1;
  private static final int FORMAT_WITH_BREAKS = 2;
  private static final int FORMAT_WITH_LEFT_BEHIND = 3;

  /** With no break, as a session begins. */
  public SessionData(
      SessionKey key,
      long version,
      long generation,
      ImmutableSortedMap<String, Field> fields,
      RequestWindow window,
      Lifetime lifetime,
      Country residency,
      String label,
      int format,
      Bytes unknown) {
    this(
        key,
        version,
        generation,
        fields,
        window,
        lifetime,
        residency,
        label,
        format,
        ImmutableList.of(),
        Optional.empty(),
        unknown);
  }

  /** Whole, with nothing left behind. */
  public SessionData(
      SessionKey key,
      long version,
      long generation,
      ImmutableSortedMap<String, Field> fields,
      RequestWindow window,
      Lifetime lifetime,
      Country residency,
      String label,
      int format,
      ImmutableList<Break> breaks,
      Bytes unknown) {
    this(
        key,
        version,
        generation,
        fields,
        window,
        lifetime,
        residency,
        label,
        format,
        breaks,
        Optional.empty(),
        unknown);
  }

  /** As another release has it: in its format, and with fields that this one does not know. */
  public SessionData inFormat(int otherFormat, Bytes otherUnknown) {
    return new SessionData(
        key,
        version,
        generation,
        fields,
        window,
        lifetime,
        residency,
        label,
        otherFormat,
        breaks,
        leftBehind,
        otherUnknown);
  }

  public SessionData withFields(long newVersion, ImmutableSortedMap<String, Field> newFields) {
    return new SessionData(
        key,
        newVersion,
        generation,
        newFields,
        window,
        lifetime,
        residency,
        label,
        format,
        breaks,
        leftBehind,
        unknown);
  }

  public SessionData withGeneration(long newGeneration) {
    return new SessionData(
        key,
        version,
        newGeneration,
        fields,
        window,
        lifetime,
        residency,
        label,
        format,
        breaks,
        leftBehind,
        unknown);
  }

  /** Nothing that anybody has written: only whose it is, and for how long it lives. */
  public SessionData withoutContent() {
    return new SessionData(
        key,
        version,
        generation,
        ImmutableSortedMap.of(),
        RequestWindow.EMPTY,
        lifetime,
        residency,
        "",
        format,
        breaks,
        Bytes.EMPTY);
  }

  public SessionData withWindow(RequestWindow newWindow) {
    return new SessionData(
        key,
        version,
        generation,
        fields,
        newWindow,
        lifetime,
        residency,
        label,
        format,
        breaks,
        leftBehind,
        unknown);
  }

  public SessionData withLifetime(Lifetime newLifetime) {
    return new SessionData(
        key,
        version,
        generation,
        fields,
        window,
        newLifetime,
        residency,
        label,
        format,
        breaks,
        leftBehind,
        unknown);
  }

  /**
   * The same payload with every local instant moved by {@code byMillis}: by minus now before it is
   * sent, by plus now when it has arrived, so that only time left and ages travel.
   */
  public SessionData shifted(long byMillis) {
    SessionData moved =
        withWindow(window.shifted(byMillis)).withLifetime(lifetime.shifted(byMillis));
    return breaks.isEmpty()
        ? moved
        : moved.withBreaks(
            breaks.stream()
                .map(each -> each.shifted(byMillis))
                .collect(ImmutableList.toImmutableList()));
  }

  /**
   * With one break more. Where there are too many, the two oldest become one that says of no hint
   * less than both did, and perhaps more.
   */
  public SessionData withBreak(Break latest) {
    ImmutableList<Break> all = ImmutableList.<Break>builder().addAll(breaks).add(latest).build();
    if (all.size() > BREAKS_MAX) {
      Break oldest = all.get(0);
      Break next = all.get(1);
      Break both =
          new Break(
              next.epoch(),
              Math.min(oldest.version(), next.version()),
              Math.max(oldest.expiresAtMillis(), next.expiresAtMillis()));
      all = ImmutableList.<Break>builder().add(both).addAll(all.subList(2, all.size())).build();
    }
    return withBreaks(all);
  }

  /** Without the breaks that no hint can have come from before. */
  public SessionData withoutBreaksEndedBy(long nowMillis) {
    boolean anyEnded = breaks.stream().anyMatch(each -> each.expiresAtMillis() <= nowMillis);
    return !anyEnded
        ? this
        : withBreaks(
            breaks.stream()
                .filter(each -> each.expiresAtMillis() > nowMillis)
                .collect(ImmutableList.toImmutableList()));
  }

  /** An older release would not know whom to tell, so it is not given a payload with breaks. */
  private SessionData withBreaks(ImmutableList<Break> newBreaks) {
    int least = leastFormat(newBreaks, leftBehind);
    return new SessionData(
        key,
        version,
        generation,
        fields,
        window,
        lifetime,
        residency,
        label,
        least,
        newBreaks,
        leftBehind,
        unknown);
  }

  /** With a pointer to what was left behind, or none: nothing is. */
  public SessionData withLeftBehind(Optional<LeftBehind> pointer) {
    return new SessionData(
        key,
        version,
        generation,
        fields,
        window,
        lifetime,
        residency,
        label,
        leastFormat(breaks, pointer),
        breaks,
        pointer,
        unknown);
  }

  /** With the fields that were left behind, at the same version: the session is whole again. */
  public SessionData joined(Map<String, Field> part) {
    TreeMap<String, Field> all = new TreeMap<>(part);
    all.putAll(fields);
    return withFields(version, ImmutableSortedMap.copyOfSorted(all))
        .withLeftBehind(Optional.empty());
  }

  /** What something else has raised it to stays; else what this payload needs. */
  private int leastFormat(ImmutableList<Break> itsBreaks, Optional<LeftBehind> pointer) {
    int needed = needed(itsBreaks, pointer);
    return format > needed(breaks, leftBehind) ? Math.max(format, needed) : needed;
  }

  private static int needed(ImmutableList<Break> itsBreaks, Optional<LeftBehind> pointer) {
    if (pointer.isPresent()) {
      return FORMAT_WITH_LEFT_BEHIND;
    }
    return itsBreaks.isEmpty() ? FORMAT_WITHOUT_BREAKS : FORMAT_WITH_BREAKS;
  }

  /**
   * The newest version that is both in this history and in that of somebody who has seen {@code
   * seenVersion} at {@code seenEpoch}; {@code seenVersion} itself if no crash came between.
   */
  public long sharedVersion(Epoch seenEpoch, long seenVersion) {
    for (Break each : breaks) {
      // The first one after it is the lowest: a session goes on from there.
      if (each.undid(seenEpoch, seenVersion)) {
        return each.version();
      }
    }
    return seenVersion;
  }

  /** About how many bytes this payload takes at rest. */
  public long sizeBytes() {
    long size = 128L + 48L * breaks.size() + unknown.length() + window.sizeBytes();
    size += leftBehind.map(pointer -> 64L + 8L * pointer.marks().size()).orElse(0L);
    for (var field : fields.entrySet()) {
      size += 48L + field.getKey().length() + field.getValue().value().length();
    }
    return size;
  }
}
