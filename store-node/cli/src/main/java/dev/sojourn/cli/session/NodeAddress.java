package dev.sojourn.cli.session;

import dev.sojourn.cli.CommandFailure;

/** Where a node listens, such as {@code 127.0.0.1:7100} or {@code [::1]:7100}. */
public record NodeAddress(String host, int port) {
  /**
   * @throws CommandFailure if {@code text} is not a host and a port
   */
  public static NodeAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      host = "";
    }
    int port = colon < 0 ? 0 : portOf(text.substring(colon + 1));
    if (host.isEmpty() || port == 0) {
      throw CommandFailure.usage(
          "`" + text + "` is not the address of a node",
          "give it as host:port, such as 127.0.0.1:7100");
    }
    return new NodeAddress(host, port);
  }

  private static int portOf(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > 0 && port <= 65_535 ? port : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
