package dev.sojourn.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback that nobody listens at, for nodes that have to be told each other's ports
 * before they start.
 *
 * <p>They lie below the range from which systems choose ports by themselves (Linux: from 32,768).
 * In that range another connection may take the port as its own end before its node starts; and a
 * peer that dials it before the node listens may even be connected to itself.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_768;

  private FreePorts() {}

  /**
   * Ports that were free a moment ago. All are open together before any is given back, so that no
   * two are the same.
   *
   * @throws IOException if there are not so many
   */
  public static List<Integer> find(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      int start = ThreadLocalRandom.current().nextInt(FIRST, END);
      for (int i = 0; held.size() < count && i < END - FIRST; i++) {
        hold(FIRST + (start - FIRST + i) % (END - FIRST), held);
      }
      if (held.size() < count) {
        throw new IOException("loopback has no " + count + " free ports from " + FIRST + " on");
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static void hold(int port, List<ServerSocket> held) {
    try {
      held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (IOException taken) {
      // The next one, then.
    }
  }
}
