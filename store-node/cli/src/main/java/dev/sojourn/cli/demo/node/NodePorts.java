package dev.sojourn.cli.demo.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The loopback ports of one node. */
public record NodePorts(int clients, int peers, int admin, int gateway) {
  private static final int EACH = 4;

  /**
   * Ports that were free a moment ago, for {@code count} nodes. All are open together before any is
   * given back, so that no two nodes get the same one.
   */
  public static List<NodePorts> free(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < EACH * count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<NodePorts> ports = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ports.add(
            new NodePorts(
                sockets.get(EACH * i).getLocalPort(),
                sockets.get(EACH * i + 1).getLocalPort(),
                sockets.get(EACH * i + 2).getLocalPort(),
                sockets.get(EACH * i + 3).getLocalPort()));
      }
      return ports;
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
