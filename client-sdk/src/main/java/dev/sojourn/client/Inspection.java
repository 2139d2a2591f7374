package dev.sojourn.client;

import dev.sojourn.v1.InspectResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one POP knows of a session; for operators and tests. What is only known where the fields are
 * is empty or 0 elsewhere.
 *
 * @param pop the POP that was asked
 * @param state what the session is there, by the protocol's word: {@code owned}, {@code forward} …
 * @param holdsPayload whether the session's fields are at rest there
 * @param ownerPop the newest owner that this POP knows of
 * @param epoch the newest epoch that this POP knows of
 * @param epochIssuer the POP that issued that epoch
 * @param birthPop where the session was created
 * @param version grows by one with each write
 * @param generation grows by one with each rotation
 * @param residency the country whose rules the session falls under
 * @param label the word given at its creation
 * @param idleLeft until it ends without use
 * @param absoluteLeft until it ends in any case
 * @param fields names, sizes and, where asked for, values
 * @param sessionHash the name under which logs and metrics know it, in hexadecimal digits
 */
public record Inspection(
    String pop,
    String state,
    boolean holdsPayload,
    String ownerPop,
    long epoch,
    String epochIssuer,
    String birthPop,
    long version,
    int generation,
    String residency,
    String label,
    Duration idleLeft,
    Duration absoluteLeft,
    List<InspectedField> fields,
    String sessionHash) {

  public Inspection {
    fields = List.copyOf(fields);
  }

  /**
   * @param sizeBytes of the value
   * @param value only where it was asked for
   */
  public record InspectedField(
      String name, long sizeBytes, String contentType, String dataClass, Optional<Field> value) {}

  static Inspection read(InspectResponse wire) {
    return new Inspection(
        wire.getPop(),
        wire.getState().name().toLowerCase(Locale.ROOT),
        wire.getHoldsPayload(),
        wire.getOwnerPop(),
        wire.getEpoch(),
        wire.getEpochIssuer(),
        wire.getBirthPop(),
        wire.getVersion(),
        wire.getGeneration(),
        wire.getResidencyCountry(),
        wire.getLabel(),
        Duration.ofMillis(wire.getIdleLeftMillis()),
        Duration.ofMillis(wire.getAbsoluteLeftMillis()),
        wire.getFieldsList().stream().map(Inspection::read).toList(),
        wire.getSessionHash());
  }

  private static InspectedField read(InspectResponse.FieldSummary wire) {
    Optional<Field> value =
        wire.hasValue()
            ? Optional.of(
                Field.of(wire.getName(), wire.getValue().toByteArray())
                    .contentType(wire.getContentType())
                    .dataClass(wire.getDataClass()))
            : Optional.empty();
    return new InspectedField(
        wire.getName(), wire.getSizeBytes(), wire.getContentType(), wire.getDataClass(), value);
  }
}
