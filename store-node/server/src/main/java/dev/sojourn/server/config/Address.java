package dev.sojourn.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as they are written in configuration. Names are not looked up here.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without its brackets
 * @param port 0 to 65535; 0 lets the system pick one, and makes sense only to listen at
 */
public record Address(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:([A-Za-z0-9._-]{1,253})|\\[([0-9A-Fa-f:.]{2,45})]):(\\d{1,5})");
  private static final Pattern LOOPBACK_IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final int PORT_MAX = 65_535;

  /**
   * @throws IllegalArgumentException if {@code text} is not {@code host:port}
   */
  public static Address parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > PORT_MAX) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is not an address: host and port, such as `127.0.0.1:7400` or `[::1]:7400`");
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return new Address(host, Integer.parseInt(matcher.group(3)));
  }

  /** As {@link #parse}, for an address that others are to call: the port must be told. */
  static Address parseReachable(String text) {
    Address address = parse(text);
    if (address.port == 0) {
      throw new IllegalArgumentException("`" + text + "` has no port that others could call");
    }
    return address;
  }

  /**
   * Whether only this machine can reach it. A name other than {@code localhost} is taken for one
   * that others reach, since what it means can change while the node runs.
   */
  public boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || LOOPBACK_IPV4.matcher(host).matches();
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
