package dev.sojourn.server.storage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.RecordFormat;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.state.Break;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.Drop;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.Owed;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Records of every kind, drawn from a seed. */
public final class RandomRecords {
  private static final List<String> POPS = List.of("bos", "fra", "nrt-2", "gru", "a", "z-9");
  private static final List<String> COUNTRIES = List.of("US", "DE", "JP", "NO", "ZZ");

  private final SplittableRandom random;

  public RandomRecords(long seed) {
    random = new SplittableRandom(seed);
  }

  public KeyHash key() {
    return new KeyHash(bytes(KeyHash.LENGTH));
  }

  public SessionRecord record(long revision) {
    ImmutableList.Builder<Owed> owes = ImmutableList.builder();
    for (int i = random.nextInt(3); i > 0; i--) {
      owes.add(new Owed(pop(), epoch(), bytes(32)));
    }
    return new SessionRecord(
        revision,
        state(),
        random.nextBoolean() ? Optional.of(pop()) : Optional.empty(),
        owes.build(),
        random.nextBoolean() ? Optional.of(epoch()) : Optional.empty(),
        random.nextBoolean() ? Optional.of(directoryEntry()) : Optional.empty(),
        random.nextBoolean() ? Optional.of(custody()) : Optional.empty(),
        random.nextBoolean() ? ImmutableList.of(new Drop(pop(), epoch())) : ImmutableList.of());
  }

  /** A record of an owner, as most are. */
  public SessionRecord owned(long revision) {
    return SessionRecord.NONE
        .withState(new SessionState.Owned(epoch(), sessionData(), random.nextInt(3)))
        .withRevision(revision);
  }

  public SessionData sessionData() {
    return new SessionData(
        new SessionKey(new Namespace("shop"), new SessionId(pop(), bytes(16))),
        number(),
        number(),
        fields(),
        window(),
        new Lifetime(number(), number(), instant(), instant()),
        new Country(COUNTRIES.get(random.nextInt(COUNTRIES.size()))),
        text(),
        RecordFormat.CURRENT,
        breaks(),
        random.nextBoolean() ? Optional.of(leftBehind()) : Optional.empty(),
        Bytes.EMPTY);
  }

  private LeftBehind leftBehind() {
    return new LeftBehind(
        pop(),
        stamp(),
        ImmutableSortedSet.of("identity", "class-" + random.nextInt(3)),
        ImmutableSortedSet.of(random.nextLong(), random.nextLong()),
        number());
  }

  private Stamp stamp() {
    return new Stamp(epoch(), number(), number());
  }

  private Custody custody() {
    return new Custody(
        new SessionKey(new Namespace("shop"), new SessionId(pop(), bytes(16))),
        new Country(COUNTRIES.get(random.nextInt(COUNTRIES.size()))),
        epoch(),
        random.nextBoolean() ? Optional.of(new Custody.Kept(stamp(), fields())) : Optional.empty(),
        random.nextBoolean() ? Optional.of(new Custody.Kept(stamp(), fields())) : Optional.empty(),
        instant());
  }

  private ImmutableList<Break> breaks() {
    return random.nextBoolean()
        ? ImmutableList.of()
        : ImmutableList.of(new Break(epoch(), number(), instant()));
  }

  public Bytes bytes(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) random.nextInt();
    }
    return Bytes.wrap(content);
  }

  private SessionState state() {
    switch (random.nextInt(8)) {
      case 0:
        return SessionState.ABSENT;
      case 1:
        return new SessionState.Granted(epoch(), pop(), sessionData(), bytes(32));
      case 2:
        return new SessionState.Declined(epoch(), pop(), instant());
      case 3:
        return new SessionState.Forward(
            epoch(), pop(), popIfAny(), instant(), random.nextBoolean());
      case 4:
        return new SessionState.Tombstone(
            epoch(),
            new SessionState.Ending.Destroyed(requestId(), bytes(32), number()),
            instant());
      case 5:
        return new SessionState.Tombstone(
            epoch(),
            random.nextBoolean()
                ? new SessionState.Ending.Expired()
                : new SessionState.Ending.Swept(),
            instant());
      case 6:
        return new SessionState.Suspect(new SessionState.Owned(epoch(), sessionData()));
      default:
        return new SessionState.Owned(epoch(), sessionData());
    }
  }

  private DirectoryEntry directoryEntry() {
    return new DirectoryEntry(epoch(), pop(), popIfAny(), random.nextBoolean(), instant());
  }

  private RequestWindow window() {
    ImmutableList.Builder<WindowEntry> entries = ImmutableList.builder();
    for (int i = random.nextInt(4); i > 0; i--) {
      ImmutableList.Builder<OperationResult> results = ImmutableList.builder();
      for (int j = random.nextInt(5); j > 0; j--) {
        results.add(result());
      }
      entries.add(
          new WindowEntry(
              requestId(), bytes(32), number(), number(), instant(), instant(), results.build()));
    }
    return new RequestWindow(entries.build(), number());
  }

  private OperationResult result() {
    switch (random.nextInt(5)) {
      case 0:
        return new OperationResult.FieldsRead(fields());
      case 1:
        return new OperationResult.Applied();
      case 2:
        return new OperationResult.Number(random.nextLong());
      case 3:
        return new OperationResult.Length(number());
      default:
        return new OperationResult.Withheld();
    }
  }

  private ImmutableSortedMap<String, Field> fields() {
    ImmutableSortedMap.Builder<String, Field> fields = ImmutableSortedMap.naturalOrder();
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.put(
          "field-" + i + text(),
          new Field(bytes(random.nextInt(200)), text(), Field.DEFAULT_CLASS));
    }
    return fields.buildOrThrow();
  }

  private Epoch epoch() {
    return new Epoch(1 + number(), pop());
  }

  private PopId pop() {
    return new PopId(POPS.get(random.nextInt(POPS.size())));
  }

  private Optional<PopId> popIfAny() {
    return random.nextBoolean() ? Optional.of(pop()) : Optional.empty();
  }

  private RequestId requestId() {
    return new RequestId(bytes(RequestId.LENGTH));
  }

  private String text() {
    return random.nextBoolean() ? "" : "täxt " + random.nextInt(1000);
  }

  private long number() {
    return random.nextBoolean() ? random.nextInt(10) : random.nextLong(1L << 60);
  }

  /** Negative ones too: on the wire instants are relative. */
  private long instant() {
    return random.nextLong(-(1L << 45), 1L << 45);
  }
}
