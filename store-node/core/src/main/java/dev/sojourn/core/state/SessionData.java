package dev.sojourn.core.state;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.request.Field;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.SessionKey;

/**
 * The payload of a session: all that moves with it.
 *
 * @param version grows by one at each committed write, across owners
 * @param generation grows at each rotate; hints of an older one are refused
 * @param format the least record format that can hold this payload (rule R24)
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
    Bytes unknown) {

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
        unknown);
  }

  public SessionData withGeneration(long newGeneration) {
    return new SessionData(
        key, version, newGeneration, fields, window, lifetime, residency, label, format, unknown);
  }

  public SessionData withWindow(RequestWindow newWindow) {
    return new SessionData(
        key, version, generation, fields, newWindow, lifetime, residency, label, format, unknown);
  }

  public SessionData withLifetime(Lifetime newLifetime) {
    return new SessionData(
        key, version, generation, fields, window, newLifetime, residency, label, format, unknown);
  }

  /**
   * The same payload with every local instant moved by {@code byMillis}: by minus now before it is
   * sent, by plus now when it has arrived, so that only time left and ages travel.
   */
  public SessionData shifted(long byMillis) {
    return withWindow(window.shifted(byMillis)).withLifetime(lifetime.shifted(byMillis));
  }

  /** About how many bytes this payload takes at rest. */
  public long sizeBytes() {
    long size = 128L + unknown.length() + window.sizeBytes();
    for (var field : fields.entrySet()) {
      size += 48L + field.getKey().length() + field.getValue().value().length();
    }
    return size;
  }
}
