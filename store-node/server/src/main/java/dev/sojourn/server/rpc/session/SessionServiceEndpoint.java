package dev.sojourn.server.rpc.session;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.hint.HintSealer;
import dev.sojourn.hint.KeyRing;
import dev.sojourn.server.shell.NodeClock;
import dev.sojourn.server.shell.SecureRandomSource;
import dev.sojourn.server.shell.Shard;
import dev.sojourn.server.shell.Shards;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.SessionServiceGrpc;
import dev.sojourn.v1.StreamRequest;
import dev.sojourn.v1.StreamResponse;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The service that applications call. Its callbacks run on the shards' own loops (a server with a
 * direct executor on {@link dev.sojourn.server.shell.ShardLoops}), so that a request whose session
 * lives on the loop that read it is decoded, handled and answered without a hand-over. Unary calls
 * may come by other threads as well, those of another server for one; they are few and live long,
 * since each gets a desk of its own.
 */
public final class SessionServiceEndpoint extends SessionServiceGrpc.SessionServiceImplBase {
  private final Shards shards;
  private final NodeClock clock;
  private final EndpointSettings settings;
  private final Admission admission;
  private final ImmutableList<Desk> desks;
  private final ThreadLocal<Desk> desksElsewhere;
  private final Inspector inspector;
  private final Set<CallStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /**
   * @param country of this POP
   * @param stores the id of each POP's store, as far as it is known; asked by any thread
   */
  public SessionServiceEndpoint(
      PopId self,
      Country country,
      ServedNamespaces namespaces,
      KeyRing keys,
      Supplier<Optional<PolicyInForce>> policy,
      Function<PopId, Optional<Bytes>> stores,
      Shards shards,
      SessionStore store,
      NodeClock clock,
      EndpointSettings settings,
      RequestObserver observer) {
    this.shards = shards;
    this.clock = clock;
    this.settings = settings;
    this.admission = new Admission(settings.callsMax(), settings.callBytesMax());
    this.inspector = new Inspector(self, store, clock);
    Supplier<Desk> newDesk =
        () ->
            new Desk(
                self,
                new RequestReader(self, country, stores, namespaces, keys, policy),
                new HintSealer(keys, self, new SecureRandomSource()),
                observer,
                clock);
    ImmutableList.Builder<Desk> all = ImmutableList.builder();
    for (int i = 0; i < shards.size(); i++) {
      all.add(newDesk.get());
    }
    this.desks = all.build();
    this.desksElsewhere = ThreadLocal.withInitial(newDesk);
  }

  @Override
  public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> out) {
    execute(request, contextMillis(), out);
  }

  /**
   * As the call of that name, for a request that did not come by gRPC.
   *
   * @param timeLeftMillis until the caller gives up; 0 for the node's default
   * @param out a {@link ServerCallStreamObserver}; told by any thread
   */
  public void execute(
      ExecuteRequest request, long timeLeftMillis, StreamObserver<ExecuteResponse> out) {
    UnaryCall<ExecuteResponse> call = new UnaryCall<>(out);
    int size = request.getSerializedSize();
    if (draining) {
      hereDesk().refuse(call, Rejections.shuttingDown());
    } else if (size > settings.requestBytesMax()) {
      hereDesk().refuse(call, Rejections.tooLarge(size, settings.requestBytesMax()));
    } else if (!admission.enter(size)) {
      hereDesk().refuse(call, Rejections.busy());
    } else {
      try {
        dispatch(request, size, timeLeftMillis, call);
      } catch (RejectedRequest e) {
        admission.leave(size);
        hereDesk().refuse(call, e.problem());
      }
    }
  }

  private void dispatch(
      ExecuteRequest request, int size, long timeLeftMillis, UnaryCall<ExecuteResponse> call)
      throws RejectedRequest {
    long nowMillis = clock.nowMillis();
    RequestReader.Accepted accepted = hereDesk().reader().read(request, nowMillis);
    long deadlineMillis = nowMillis + timeLeftMillis(timeLeftMillis);
    Namespace namespace = accepted.request().key().namespace();
    int shardIndex = shards.indexOf(accepted.key());
    Shard shard = shards.get(shardIndex);
    shard.execute(
        accepted.key(),
        accepted.request(),
        deadlineMillis,
        reply -> {
          admission.leave(size);
          desks.get(shardIndex).answer(call, namespace, reply);
        });
  }

  @Override
  public StreamObserver<StreamRequest> stream(StreamObserver<StreamResponse> out) {
    int here = shards.current();
    if (here < 0) {
      throw Status.UNIMPLEMENTED
          .withDescription("streams are served at the port for clients alone; use `Execute` here")
          .asRuntimeException();
    }
    CallStream stream = new CallStream(this, (ServerCallStreamObserver<StreamResponse>) out, here);
    streams.add(stream);
    stream.begin();
    if (draining) {
      stream.finish();
    }
    return stream;
  }

  @Override
  public void inspect(InspectRequest request, StreamObserver<InspectResponse> out) {
    UnaryCall<InspectResponse> call = new UnaryCall<>(out);
    int size = request.getSerializedSize();
    if (!admission.enter(size)) {
      hereDesk().refuse(call, Rejections.busy());
      return;
    }
    try {
      RequestReader.Found found =
          hereDesk().reader().open(request.getNamespace(), request.getHint(), clock.nowMillis());
      inspector.inspect(found, request.getIncludeFields(), call, () -> admission.leave(size));
    } catch (RejectedRequest e) {
      admission.leave(size);
      hereDesk().refuse(call, e.problem());
    }
  }

  /** Takes nothing new; what was accepted is answered, and each stream closes after that. */
  public void drain() {
    draining = true;
    streams.forEach(CallStream::finish);
  }

  /** How many calls are accepted and not answered. */
  public int callsOpen() {
    return admission.calls();
  }

  public int streamsOpen() {
    return streams.size();
  }

  /** The time left by the gRPC deadline, or 0 if there is none. */
  private static long contextMillis() {
    @Nullable Deadline deadline = Context.current().getDeadline();
    return deadline == null ? 0 : Math.max(1, deadline.timeRemaining(TimeUnit.MILLISECONDS));
  }

  private Desk hereDesk() {
    int here = shards.current();
    return here < 0 ? desksElsewhere.get() : desks.get(here);
  }

  /** The time that a call is given that asked for {@code askedMillis}; 0 for none. */
  long timeLeftMillis(long askedMillis) {
    return askedMillis == 0
        ? settings.deadlineMillisDefault()
        // An unsigned number on the wire.
        : Long.compareUnsigned(askedMillis, settings.deadlineMillisMax()) > 0
            ? settings.deadlineMillisMax()
            : askedMillis;
  }

  int requestBytesMax() {
    return settings.requestBytesMax();
  }

  void streamEnded(CallStream stream) {
    streams.remove(stream);
  }

  Shards shards() {
    return shards;
  }

  NodeClock clock() {
    return clock;
  }

  Admission admission() {
    return admission;
  }

  Desk desk(int index) {
    return desks.get(index);
  }

  boolean isDraining() {
    return draining;
  }
}
