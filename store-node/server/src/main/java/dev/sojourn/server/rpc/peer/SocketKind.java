package dev.sojourn.server.rpc.peer;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.IoEventLoop;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;

/** The kinds of socket that an event loop can drive. */
record SocketKind(Class<? extends Channel> channel, Class<? extends ServerChannel> server) {
  static SocketKind of(EventLoop loop) {
    return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class)
        ? new SocketKind(EpollSocketChannel.class, EpollServerSocketChannel.class)
        : new SocketKind(NioSocketChannel.class, NioServerSocketChannel.class);
  }
}
