package dev.sojourn.server.rpc.convert;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.Break;
import dev.sojourn.core.state.Lifetime;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.hint.Hint;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.Nonce;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Lawful values of every kind, drawn from a seed. */
final class RandomValues {
  private static final ImmutableList<String> POPS =
      ImmutableList.of("bos", "fra", "sin-2", "a", "twelve-chars");

  final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  PopId pop() {
    return new PopId(POPS.get(random.nextInt(POPS.size())));
  }

  ImmutableList<PopId> path() {
    return list(3, this::pop);
  }

  Bytes bytes(int length) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    return Bytes.wrap(content);
  }

  Nonce nonce() {
    return new Nonce(bytes(Nonce.LENGTH));
  }

  KeyHash key() {
    return new KeyHash(bytes(KeyHash.LENGTH));
  }

  Bytes digest() {
    return bytes(random.nextInt(65));
  }

  Epoch epoch() {
    return new Epoch(positive(), pop());
  }

  /** Small numbers, large ones, and the largest. */
  long positive() {
    return switch (random.nextInt(3)) {
      case 0 -> 1 + random.nextInt(5);
      case 1 -> 1 + (random.nextLong() >>> 2);
      default -> Long.MAX_VALUE;
    };
  }

  Stamp stamp() {
    return new Stamp(epoch(), positive(), positive());
  }

  ImmutableSortedSet<Long> marks() {
    return ImmutableSortedSet.copyOf(list(4, random::nextLong));
  }

  Country country() {
    return new Country("" + (char) ('A' + random.nextInt(26)) + (char) ('A' + random.nextInt(26)));
  }

  String text() {
    return list(6, () -> "aé漢😀 0".substring(0, 1 + random.nextInt(3))).toString();
  }

  <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  <T> ImmutableList<T> list(int sizeMax, Supplier<T> value) {
    ImmutableList.Builder<T> list = ImmutableList.builder();
    for (int i = random.nextInt(sizeMax + 1); i > 0; i--) {
      list.add(value.get());
    }
    return list.build();
  }

  SessionId sessionId() {
    return new SessionId(pop(), bytes(SessionId.UNIQUE_LENGTH));
  }

  Hint hint() {
    return new Hint(
        sessionId(),
        positive(),
        pop(),
        epoch(),
        positive(),
        country(),
        positive(),
        maybe(this::pop));
  }

  Field field() {
    return new Field(
        bytes(random.nextInt(200)),
        random.nextBoolean() ? "" : "text/plain",
        random.nextBoolean() ? Field.DEFAULT_CLASS : "payment");
  }

  Operation operation() {
    return switch (random.nextInt(8)) {
      case 0 -> new Operation.Get(list(3, this::text));
      case 1 -> new Operation.Put(text(), field());
      case 2 -> new Operation.Remove(text());
      case 3 -> new Operation.Increment(text(), random.nextLong());
      case 4 -> new Operation.Append(text(), bytes(random.nextInt(50)));
      case 5 -> new Operation.RequireVersion(positive());
      case 6 -> new Operation.Touch();
      default -> new Operation.Rotate();
    };
  }

  ImmutableList<Operation> operations() {
    ImmutableList.Builder<Operation> operations = ImmutableList.builder();
    operations.addAll(list(5, this::operation));
    return (random.nextBoolean() ? operations : operations.add(new Operation.Destroy())).build();
  }

  OperationResult result() {
    return switch (random.nextInt(5)) {
      case 0 -> new OperationResult.FieldsRead(fields());
      case 1 -> new OperationResult.Applied();
      case 2 -> new OperationResult.Number(random.nextLong());
      case 3 -> new OperationResult.Length(positive());
      default -> new OperationResult.Withheld();
    };
  }

  ImmutableSortedMap<String, Field> fields() {
    TreeMap<String, Field> fields = new TreeMap<>();
    list(4, this::text).forEach(name -> fields.put(name, field()));
    return ImmutableSortedMap.copyOf(fields);
  }

  Outcome.Success success() {
    return new Outcome.Success(
        list(4, this::result), maybe(this::hint), positive(), maybe(this::epoch), flags());
  }

  private Outcome.Flags flags() {
    return new Outcome.Flags(
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextInt(3),
        random.nextBoolean());
  }

  Problem problem() {
    ErrorCode[] codes = ErrorCode.values();
    return new Problem(
        codes[random.nextInt(codes.length)],
        text(),
        maybe(this::pop),
        random.nextBoolean() ? OptionalInt.of(random.nextInt(100)) : OptionalInt.empty(),
        random.nextBoolean() ? OptionalLong.of(positive()) : OptionalLong.empty(),
        maybe(this::hint),
        random.nextInt(3));
  }

  RequestId requestId() {
    return new RequestId(bytes(RequestId.LENGTH));
  }

  SessionData sessionData() {
    RequestWindow window =
        new RequestWindow(
            list(
                3,
                () ->
                    new WindowEntry(
                        requestId(),
                        bytes(32),
                        positive(),
                        positive(),
                        positive(),
                        -random.nextInt(60_000),
                        list(3, this::result))),
            random.nextInt(1000));
    return new SessionData(
        new SessionKey(new Namespace("shop"), sessionId()),
        positive(),
        positive(),
        fields(),
        window,
        Lifetime.startingAt(0, 1 + random.nextInt(100_000), 1 + random.nextInt(1_000_000)),
        country(),
        random.nextBoolean() ? "" : "web",
        2,
        list(3, () -> new Break(epoch(), positive(), random.nextInt(100_000))),
        Bytes.EMPTY);
  }
}
