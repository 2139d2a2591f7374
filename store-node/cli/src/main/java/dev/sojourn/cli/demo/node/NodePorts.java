package dev.sojourn.cli.demo.node;

import dev.sojourn.server.FreePorts;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loopback ports of one node. */
public record NodePorts(int clients, int peers, int admin, int gateway) {
  private static final int EACH = 4;

  /** Ports that were free a moment ago, for the node of each POP. */
  public static Map<PopId, NodePorts> free(List<PopId> pops) throws IOException {
    List<Integer> free = FreePorts.find(EACH * pops.size());
    Map<PopId, NodePorts> ports = new LinkedHashMap<>();
    for (int i = 0; i < pops.size(); i++) {
      List<Integer> own = free.subList(EACH * i, EACH * (i + 1));
      ports.put(pops.get(i), new NodePorts(own.get(0), own.get(1), own.get(2), own.get(3)));
    }
    return ports;
  }
}
