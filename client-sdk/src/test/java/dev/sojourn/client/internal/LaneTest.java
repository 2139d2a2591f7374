package dev.sojourn.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ExecuteRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneTest {
  @Test
  void shouldEndEveryCallThatComesAfterTheLoopHasEnded() {
    Loops loops = Loops.one();
    ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", 1).build();
    Ways ways = new Ways(List.of(new Ways.Way(new Endpoint("127.0.0.1", 1), channel)));
    Lane lane = new Lane(loops.loop(), ways);
    loops.close();
    loops.group().terminationFuture().awaitUninterruptibly();
    try {
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Reply> reply =
            lane.execute(ExecuteRequest.getDefaultInstance(), 1_000).copy();
        assertThat(reply).isCompleted();
        assertThat(((Reply.Failed) reply.join()).error().getCode())
            .isEqualTo(ErrorCode.SHUTTING_DOWN);
      }
    } finally {
      channel.shutdownNow();
    }
  }
}
