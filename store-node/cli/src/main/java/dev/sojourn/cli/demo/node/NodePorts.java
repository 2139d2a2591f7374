package dev.sojourn.cli.demo.node;

import dev.sojourn.value.PopId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loopback ports of one node. */
public record NodePorts(int clients, int peers, int admin, int gateway) {
  private static final int EACH = 4;

  /**
   * Ports that were free a moment ago, for the node of each POP. All are open together before any
   * is given back, so that no two nodes get the same one.
   */
  public static Map<PopId, NodePorts> free(List<PopId> pops) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < EACH * pops.size(); i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      Map<PopId, NodePorts> ports = new LinkedHashMap<>();
      for (int i = 0; i < pops.size(); i++) {
        ports.put(
            pops.get(i),
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
