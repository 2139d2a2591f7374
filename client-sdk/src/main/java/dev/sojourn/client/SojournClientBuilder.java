package dev.sojourn.client;

import dev.sojourn.client.internal.Endpoint;
import dev.sojourn.client.internal.Transport;
import dev.sojourn.client.internal.TransportOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings of a {@link SojournClient}. Not thread-safe; the client that it builds is. */
public final class SojournClientBuilder {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Duration DEADLINE_DEFAULT = Duration.ofSeconds(2);
  private static final int IN_FLIGHT_DEFAULT = 1024;
  private static final int CHANNELS_MAX = 16;

  private final List<Endpoint> endpoints = new ArrayList<>();
  private final String namespace;
  private Duration deadline = DEADLINE_DEFAULT;
  private NewSession newSessions = NewSession.defaults();
  private int channels = 1;
  private int inFlightMax = IN_FLIGHT_DEFAULT;
  private boolean tls;
  private Optional<Path> trusted = Optional.empty();

  SojournClientBuilder(String target, String namespace) {
    this.endpoints.add(endpoint(target));
    this.namespace = namespace;
    require(
        NAMESPACE.matcher(namespace).matches(),
        "`"
            + namespace
            + "` is not a namespace: 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
  }

  /** The time for one call, retries included: 1 ms to 1 h. Default: 2 s. */
  public SojournClientBuilder deadline(Duration time) {
    this.deadline = Requests.lawful(time);
    return this;
  }

  /** What new sessions start with, where {@code open} is not told. */
  public SojournClientBuilder newSessions(NewSession start) {
    this.newSessions = start;
    return this;
  }

  /**
   * How many connections, each with a thread of its own: 1 to 16. Default: 1, which is best until
   * that one thread is busy all the time; then 2.
   */
  public SojournClientBuilder channels(int count) {
    require(count >= 1 && count <= CHANNELS_MAX, "there may be 1 to 16 channels, not " + count);
    this.channels = count;
    return this;
  }

  /**
   * How many calls may wait for an answer at once; one more fails at once with {@link
   * ErrorCode#BUSY}. Default: 1024.
   */
  public SojournClientBuilder inFlightMax(int count) {
    require(count >= 1, "at least 1 call must be allowed in flight, not " + count);
    this.inFlightMax = count;
    return this;
  }

  /**
   * Another endpoint, for when those named before do not answer: a second node's or another POP's.
   * What is unanswered then is sent there, byte for byte, so that it counts once; the client goes
   * back to its first endpoint when that answers again. A creation that the first one has taken and
   * not answered leaves a session behind that nobody knows and that ends by its idle lifetime. May
   * be called several times; they are tried in turn. An inspection asks the first one alone.
   *
   * @param target {@code host:port}
   */
  public SojournClientBuilder failOver(String target) {
    endpoints.add(endpoint(target));
    return this;
  }

  /** Uses TLS and trusts what the system trusts. */
  public SojournClientBuilder tls() {
    this.tls = true;
    this.trusted = Optional.empty();
    return this;
  }

  /** Uses TLS and trusts the certificates of this PEM file. */
  public SojournClientBuilder tlsTrusting(Path certificates) {
    this.tls = true;
    this.trusted = Optional.of(certificates);
    return this;
  }

  /**
   * @throws IllegalArgumentException if the certificates to trust cannot be read
   */
  public SojournClient build() {
    TransportOptions options = new TransportOptions(endpoints, channels, inFlightMax, tls, trusted);
    return new SojournClient(new Transport(options), namespace, deadline, newSessions);
  }

  private static Endpoint endpoint(String target) {
    URI address = address(target);
    return new Endpoint(address.getHost().replaceAll("[\\[\\]]", ""), address.getPort());
  }

  private static URI address(String target) {
    String wrong = "`" + target + "` is not an address: write host:port, such as 127.0.0.1:7100";
    try {
      URI address = new URI("sojourn://" + target);
      boolean bare =
          address.getHost() != null
              && address.getPort() > 0
              && address.getPort() <= 65_535
              && target.equals(address.getRawAuthority())
              && address.getRawUserInfo() == null;
      require(bare, wrong);
      return address;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(wrong, e);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
