package dev.sojourn.server.shell;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of a node, one for each shard. The same loops read the connections of clients, so
 * that a request may meet its shard where it was read. Thread-safe.
 */
public final class ShardLoops {
  private final EventLoopGroup group;
  private final ImmutableList<EventLoop> loops;

  /**
   * @param name of the node, for the names of its threads
   */
  public ShardLoops(String name, int count) {
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group =
        new MultiThreadIoEventLoopGroup(
            count,
            new ThreadFactoryBuilder().setNameFormat(name + "-shard-%d").setDaemon(true).build(),
            io);
    ImmutableList.Builder<EventLoop> all = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      all.add(group.next());
    }
    this.loops = all.build();
  }

  public EventLoopGroup group() {
    return group;
  }

  /** The kind of socket that these loops can listen with. */
  public Class<? extends ServerChannel> serverChannelType() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  public int size() {
    return loops.size();
  }

  public EventLoop loop(int index) {
    return loops.get(index);
  }

  /** The index of the loop that is the calling thread, or -1. */
  public int current() {
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).inEventLoop()) {
        return i;
      }
    }
    return -1;
  }

  /** Waits until each loop has done what it is to do now, for a second at most. */
  public void awaitTurns() {
    for (EventLoop loop : loops) {
      loop.submit(() -> {}).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
  }

  /** Ends the loops, after what they have to do now, and waits a few seconds at most for it. */
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
