package dev.sojourn.core;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.SessionRequest;
import dev.sojourn.core.state.Break;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * SHA-256 over an encoding in which no two different values meet: each part has its length before
 * it. It says whether two POPs speak of the same thing; it keeps no secret.
 */
final class Digests {
  private final Hasher hasher = Hashing.sha256().newHasher();

  private Digests() {}

  /**
   * Of a client's operations. What a creation asks for counts too where there is no hint, since it
   * is then part of what the request does.
   */
  static Bytes ofRequest(SessionRequest request) {
    Digests digest = new Digests();
    digest.operations(request.operations());
    if (request.hint().isEmpty()) {
      digest.text(request.creation().residency().code());
      digest.number(request.creation().idleMillis());
      digest.number(request.creation().absoluteMillis());
      digest.text(request.creation().label());
    }
    return digest.finish();
  }

  /** Of a payload, its window included and its instants not: those are each POP's own. */
  static Bytes ofPayload(SessionData data) {
    Digests digest = new Digests();
    digest.text(data.key().namespace().name());
    digest.text(data.key().id().birth().name());
    digest.bytes(data.key().id().unique());
    digest.number(data.version());
    digest.number(data.generation());
    digest.fields(data.fields());
    digest.number(data.window().lowWaterVersion());
    digest.number(data.window().entries().size());
    for (WindowEntry entry : data.window().entries()) {
      digest.entry(entry);
    }
    digest.number(data.lifetime().idleMillis());
    digest.number(data.lifetime().absoluteMillis());
    digest.text(data.residency().code());
    digest.text(data.label());
    digest.number(data.format());
    digest.bytes(data.unknown());
    // Only where there are any, so that a payload without them has the digest of older releases.
    if (!data.breaks().isEmpty()) {
      digest.number(data.breaks().size());
      data.breaks().forEach(digest::brokenAt);
    }
    data.leftBehind().ifPresent(digest::leftBehind);
    return digest.finish();
  }

  private void entry(WindowEntry entry) {
    bytes(entry.id().value());
    bytes(entry.operationsDigest());
    number(entry.version());
    number(entry.generation());
    number(entry.hintExpiresAtMillis());
    number(entry.results().size());
    for (OperationResult result : entry.results()) {
      result(result);
    }
  }

  private void brokenAt(Break each) {
    number(each.epoch().number());
    text(each.epoch().issuer().name());
    number(each.version());
  }

  private void leftBehind(LeftBehind pointer) {
    text("left behind");
    text(pointer.custodian().name());
    number(pointer.stamp().epoch().number());
    text(pointer.stamp().epoch().issuer().name());
    number(pointer.stamp().life());
    number(pointer.stamp().count());
    number(pointer.classes().size());
    pointer.classes().forEach(this::text);
    number(pointer.marks().size());
    pointer.marks().forEach(this::number);
    number(pointer.bytes());
  }

  private void operations(List<Operation> operations) {
    number(operations.size());
    for (Operation operation : operations) {
      operation(operation);
    }
  }

  private void operation(Operation operation) {
    if (operation instanceof Operation.Get get) {
      number(1);
      number(get.names().size());
      get.names().forEach(this::text);
    } else if (operation instanceof Operation.Put put) {
      number(2);
      text(put.name());
      field(put.field());
    } else if (operation instanceof Operation.Remove remove) {
      number(3);
      text(remove.name());
    } else if (operation instanceof Operation.Increment increment) {
      number(4);
      text(increment.name());
      number(increment.by());
    } else if (operation instanceof Operation.Append append) {
      number(5);
      text(append.name());
      bytes(append.suffix());
    } else if (operation instanceof Operation.RequireVersion require) {
      number(6);
      number(require.version());
    } else if (operation instanceof Operation.Touch) {
      number(7);
    } else if (operation instanceof Operation.Rotate) {
      number(8);
    } else if (operation instanceof Operation.Destroy) {
      number(9);
    } else {
      throw new AssertionError("an operation without a digest: " + operation.getClass());
    }
  }

  private void result(OperationResult result) {
    if (result instanceof OperationResult.FieldsRead read) {
      number(1);
      fields(read.fields());
    } else if (result instanceof OperationResult.Applied) {
      number(2);
    } else if (result instanceof OperationResult.Number number) {
      number(3);
      number(number.value());
    } else if (result instanceof OperationResult.Length length) {
      number(4);
      number(length.bytes());
    } else if (result instanceof OperationResult.Withheld) {
      number(5);
    } else {
      throw new AssertionError("a result without a digest: " + result.getClass());
    }
  }

  private void fields(Map<String, Field> fields) {
    number(fields.size());
    fields.forEach(
        (name, field) -> {
          text(name);
          field(field);
        });
  }

  private void field(Field field) {
    bytes(field.value());
    text(field.contentType());
    text(field.dataClass());
  }

  private void number(long value) {
    hasher.putLong(value);
  }

  private void text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    hasher.putInt(encoded.length);
    hasher.putBytes(encoded);
  }

  private void bytes(Bytes value) {
    hasher.putInt(value.length());
    hasher.putBytes(value.unsafeArray());
  }

  private Bytes finish() {
    return Bytes.wrap(hasher.hash().asBytes());
  }
}
