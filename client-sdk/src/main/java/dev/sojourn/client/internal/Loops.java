package dev.sojourn.client.internal;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** One event loop, on a daemon thread, so that a forgotten client does not keep a JVM alive. */
record Loops(EventLoopGroup group, EventLoop loop, Class<? extends Channel> channelType) {

  static Loops one() {
    ThreadFactory threads = new DefaultThreadFactory("sojourn-client", true);
    boolean epoll = Epoll.isAvailable();
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    return new Loops(
        group, group.next(), epoll ? EpollSocketChannel.class : NioSocketChannel.class);
  }

  boolean isEpoll() {
    return channelType == EpollSocketChannel.class;
  }

  void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
  }
}
