package dev.sojourn.bench;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The yardstick: the least that grpc-java can do, a unary call that gives back the bytes it was
 * sent, in a process of its own.
 */
final class BareEcho {
  private static final MethodDescriptor<byte[], byte[]> ECHO =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("bench.Echo/Echo")
          .setRequestMarshaller(new BytesMarshaller())
          .setResponseMarshaller(new BytesMarshaller())
          .build();

  private BareEcho() {}

  /** Serves until the process is killed; prints the port. */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean direct = args.length > 0 && args[0].equals("direct");
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                ServerServiceDefinition.builder("bench.Echo")
                    .addMethod(ECHO, ServerCalls.asyncUnaryCall(BareEcho::echo))
                    .build());
    Server server = (direct ? builder.directExecutor() : builder).build().start();
    System.out.println(server.getPort());
    server.awaitTermination();
  }

  private static void echo(byte[] request, StreamObserver<byte[]> response) {
    response.onNext(request);
    response.onCompleted();
  }

  static ManagedChannel connect(int port, boolean direct) {
    NettyChannelBuilder builder = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext();
    return (direct ? builder.directExecutor() : builder).build();
  }

  /** Sends {@code payload} and runs {@code done} when it is back. */
  static void call(ManagedChannel channel, byte[] payload, Runnable done) {
    ClientCalls.asyncUnaryCall(
        channel.newCall(ECHO, CallOptions.DEFAULT),
        payload,
        new StreamObserver<>() {
          @Override
          public void onNext(byte[] value) {}

          @Override
          public void onError(Throwable failure) {
            throw new IllegalStateException("the echo failed", failure);
          }

          @Override
          public void onCompleted() {
            done.run();
          }
        });
  }

  private static final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
