package dev.sojourn.server.rpc.session;

import com.google.protobuf.UnsafeByteOperations;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.hint.Hint;
import dev.sojourn.server.rpc.convert.ErrorConverter;
import dev.sojourn.server.shell.NodeClock;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreCallback;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.InspectResponse.FieldSummary;
import dev.sojourn.v1.InspectResponse.State;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what this POP's store holds of a session. It looks at the disk and not at the shard's
 * memory, so that what it says is what a crash would leave.
 */
final class Inspector {
  private final PopId self;
  private final SessionStore store;
  private final NodeClock clock;

  /** Who owns a session, as far as one source knows. */
  private record Whereabouts(PopId owner, Epoch epoch) {}

  Inspector(PopId self, SessionStore store, NodeClock clock) {
    this.self = self;
    this.store = store;
    this.clock = clock;
  }

  /**
   * @param done run once the record was read, or could not be
   */
  void inspect(
      RequestReader.Found found,
      boolean includeFields,
      UnaryCall<InspectResponse> call,
      Runnable done) {
    store.load(
        found.key(),
        new StoreCallback<>() {
          @Override
          public void completed(Optional<SessionRecord> record) {
            done.run();
            if (isSuperseded(record, found.hint())) {
              fail(call, ErrorCode.HINT_SUPERSEDED, "the session was rotated since this hint");
            } else {
              call.complete(
                  describe(found, record.orElse(SessionRecord.NONE), includeFields).build());
            }
          }

          @Override
          public void failed(StorageException cause) {
            done.run();
            fail(call, ErrorCode.INTERNAL, "the record of this session cannot be read");
          }
        });
  }

  private void fail(UnaryCall<InspectResponse> call, ErrorCode code, String detail) {
    call.fail(ErrorConverter.toStatus(Problem.of(code, detail), self, Desk.NO_HINT));
  }

  /** A credential that was replaced must not show what came after it. */
  private static boolean isSuperseded(Optional<SessionRecord> record, Hint hint) {
    return record
        .flatMap(found -> found.state().payload())
        .filter(data -> data.generation() > hint.generation())
        .isPresent();
  }

  private InspectResponse.Builder describe(
      RequestReader.Found found, SessionRecord record, boolean includeFields) {
    Whereabouts where = newest(found.hint(), record);
    InspectResponse.Builder response =
        InspectResponse.newBuilder()
            .setPop(self.name())
            .setState(state(record.state()))
            .setHoldsPayload(record.state().payload().isPresent())
            .setOwnerPop(where.owner().name())
            .setEpoch(where.epoch().number())
            .setEpochIssuer(where.epoch().issuer().name())
            .setBirthPop(found.session().id().birth().name())
            .setSessionHash(found.key().toString());
    record.state().payload().ifPresent(data -> addPayload(response, data, includeFields));
    return response;
  }

  private void addPayload(
      InspectResponse.Builder response, SessionData data, boolean includeFields) {
    long nowMillis = clock.nowMillis();
    response
        .setVersion(data.version())
        .setGeneration((int) data.generation())
        .setResidencyCountry(data.residency().code())
        .setLabel(data.label())
        .setIdleLeftMillis(Math.max(0, data.lifetime().idleEndsAtMillis() - nowMillis))
        .setAbsoluteLeftMillis(Math.max(0, data.lifetime().absoluteEndsAtMillis() - nowMillis));
    for (Map.Entry<String, Field> each : data.fields().entrySet()) {
      Field field = each.getValue();
      FieldSummary.Builder summary =
          FieldSummary.newBuilder()
              .setName(each.getKey())
              .setSizeBytes(field.value().length())
              .setContentType(field.contentType())
              .setDataClass(field.dataClass());
      if (includeFields) {
        summary.setValue(UnsafeByteOperations.unsafeWrap(field.value().unsafeArray()));
      }
      response.addFields(summary);
    }
  }

  /** The highest epoch wins among the hint, the record and the directory entry. */
  private Whereabouts newest(Hint hint, SessionRecord record) {
    Whereabouts newest = new Whereabouts(hint.owner(), hint.epoch());
    if (record.state() instanceof SessionState.Known known) {
      newest = newer(newest, new Whereabouts(owner(known), known.epoch()));
    }
    if (record.directory().isPresent()) {
      var entry = record.directory().get();
      newest = newer(newest, new Whereabouts(entry.pop(), entry.epoch()));
    }
    return newest;
  }

  private static Whereabouts newer(Whereabouts one, Whereabouts other) {
    return one.epoch().isAfter(other.epoch()) ? one : other;
  }

  private PopId owner(SessionState.Known state) {
    if (state instanceof SessionState.Granted granted) {
      return granted.grantee();
    }
    if (state instanceof SessionState.Declined declined) {
      return declined.granter();
    }
    return state instanceof SessionState.Forward forward ? forward.to() : self;
  }

  private static State state(SessionState state) {
    if (state instanceof SessionState.Owned) {
      return State.OWNED;
    }
    if (state instanceof SessionState.Granted) {
      return State.GRANTED_AWAY;
    }
    if (state instanceof SessionState.Declined) {
      return State.DECLINED;
    }
    if (state instanceof SessionState.Forward) {
      return State.FORWARD;
    }
    if (state instanceof SessionState.Tombstone) {
      return State.TOMBSTONE;
    }
    return state instanceof SessionState.Suspect ? State.SUSPECT : State.ABSENT;
  }
}
