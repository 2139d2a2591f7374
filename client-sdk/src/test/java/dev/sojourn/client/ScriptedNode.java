package dev.sojourn.client;

import com.google.protobuf.Any;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.SessionServiceGrpc.SessionServiceImplBase;
import dev.sojourn.v1.StreamRequest;
import dev.sojourn.v1.StreamResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real gRPC server on a loopback port that answers what the test says. It knows nothing of
 * sessions: what a node does with a request is tested against real nodes.
 */
final class ScriptedNode extends SessionServiceImplBase implements AutoCloseable {
  private static final int WAIT_SECONDS_MAX = 30;

  /** What to do with one call. */
  interface Script {
    void handle(Arrival arrival);
  }

  /** A call that has reached the node. */
  record Arrival(StreamRequest.Call call, StreamObserver<StreamResponse> stream, int streamNumber) {
    ExecuteRequest request() {
      return call.getRequest();
    }

    void answer(ExecuteResponse response) {
      send(StreamResponse.Reply.newBuilder().setCallId(call.getCallId()).setOk(response));
    }

    void refuse(ErrorDetail error) {
      send(StreamResponse.Reply.newBuilder().setCallId(call.getCallId()).setError(error));
    }

    void breakStream() {
      synchronized (stream) {
        stream.onError(Status.UNAVAILABLE.withDescription("scripted").asRuntimeException());
      }
    }

    private void send(StreamResponse.Reply.Builder reply) {
      synchronized (stream) {
        stream.onNext(StreamResponse.newBuilder().addReplies(reply).build());
      }
    }
  }

  private final BlockingQueue<Arrival> held = new LinkedBlockingQueue<>();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
  private final List<StreamObserver<StreamResponse>> streams = new CopyOnWriteArrayList<>();
  private volatile Script script = held::add;
  private volatile InspectResponse inspection = InspectResponse.getDefaultInstance();
  private volatile @Nullable ErrorDetail inspectionError;
  private final Server server;
  private final int port;

  ScriptedNode() {
    this(0);
  }

  /** On a given port, to come back after a close. */
  ScriptedNode(int wantedPort) {
    this(NettyServerBuilder.forAddress(loopback(wantedPort)));
  }

  /** With TLS. */
  ScriptedNode(SslContext tls) {
    this(NettyServerBuilder.forAddress(loopback(0)).sslContext(tls));
  }

  private ScriptedNode(NettyServerBuilder builder) {
    try {
      server = builder.addService(this).build().start();
      port = server.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  static ErrorDetail error(ErrorCode code, boolean retryable) {
    return ErrorDetail.newBuilder()
        .setCode(code)
        .setRetryable(retryable)
        .setPop("bos")
        .setText("scripted")
        .build();
  }

  int port() {
    return port;
  }

  String target() {
    return "127.0.0.1:" + port();
  }

  SojournClientBuilder clients() {
    return SojournClient.builder(target(), "shop");
  }

  /** From now on each call goes to {@code newScript}; before that, calls are held for the test. */
  ScriptedNode script(Script newScript) {
    script = newScript;
    return this;
  }

  ScriptedNode inspection(InspectResponse response) {
    inspection = response;
    return this;
  }

  /** From now on each inspection is refused, the way errors travel in unary calls. */
  ScriptedNode refuseInspection(ErrorDetail error) {
    inspectionError = error;
    return this;
  }

  /** The next call that was held. */
  Arrival next() {
    try {
      Arrival arrival = held.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      if (arrival == null) {
        throw new AssertionError("no call reached the node");
      }
      return arrival;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  List<ExecuteRequest> requests() {
    return arrivals.stream().map(Arrival::request).toList();
  }

  List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  List<Integer> batchSizes() {
    return List.copyOf(batchSizes);
  }

  int streamCount() {
    return streams.size();
  }

  @Override
  public StreamObserver<StreamRequest> stream(StreamObserver<StreamResponse> replies) {
    streams.add(replies);
    int number = streams.size();
    return new StreamObserver<>() {
      @Override
      public void onNext(StreamRequest batch) {
        batchSizes.add(batch.getCallsCount());
        for (StreamRequest.Call call : batch.getCallsList()) {
          Arrival arrival = new Arrival(call, replies, number);
          arrivals.add(arrival);
          script.handle(arrival);
        }
      }

      @Override
      public void onError(Throwable failure) {
        // The client is gone; the test sees it at its own end.
      }

      @Override
      public void onCompleted() {
        replies.onCompleted();
      }
    };
  }

  @Override
  public void inspect(InspectRequest request, StreamObserver<InspectResponse> replies) {
    ErrorDetail error = inspectionError;
    if (error == null) {
      replies.onNext(inspection);
      replies.onCompleted();
    } else {
      replies.onError(
          StatusProto.toStatusRuntimeException(
              com.google.rpc.Status.newBuilder()
                  .setCode(Status.Code.UNAUTHENTICATED.value())
                  .addDetails(Any.pack(error))
                  .build()));
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
