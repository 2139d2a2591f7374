package dev.sojourn.server;

import static dev.sojourn.server.TestNodes.BOS;
import static dev.sojourn.server.TestNodes.FRA;
import static dev.sojourn.server.TestNodes.get;
import static dev.sojourn.server.TestNodes.increment;
import static dev.sojourn.server.TestNodes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sojourn.server.config.NodeConfig;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.ExecuteResponse;
import dev.sojourn.v1.Operation;
import dev.sojourn.v1.Outcome;
import dev.sojourn.v1.PeerFrame;
import dev.sojourn.v1.PeerServiceGrpc;
import dev.sojourn.v1.SessionServiceGrpc;
import dev.sojourn.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import dev.sojourn.value.PopId;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With {@code tls} in its configuration a node speaks TLS to clients and POPs, and nothing else.
 */
class TlsNodesTest {
  private static TestAuthority authority;
  private TestNodes nodes;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) throws Exception {
    authority = new TestAuthority(directory);
  }

  @BeforeEach
  void prepareNodes(@TempDir Path directory) throws Exception {
    nodes = new TestNodes(directory, BOS, FRA);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void shouldHandASessionOverByTls() throws Exception {
    startBoth(Optional.empty());

    String hint = client(BOS, trusting()).execute(request("", put("cart", "tea"))).getHint();
    ExecuteResponse moved =
        client(FRA, trusting()).execute(request(hint, increment("n"), get("cart")));

    assertThat(moved.getOutcome().getHow()).isEqualTo(Outcome.How.GRANTED);
    assertThat(moved.getOutcome().getRoundTrips()).isEqualTo(1);
    assertThat(moved.getResults(1).getFields().getFields(0).getValue().toStringUtf8())
        .isEqualTo("tea");
  }

  @Test
  void shouldNotReachAClientThatDoesNotTrustItOrSpeaksPlainly() throws Exception {
    startBoth(Optional.empty());

    assertThat(refusal(BOS, TlsChannelCredentials.create())).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(refusal(BOS, InsecureChannelCredentials.create()))
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(nodes.node(BOS).status().callsOpen()).isZero();
  }

  @Test
  void shouldNotHearAPeerWithoutACertificateOrWithoutTls() throws Exception {
    startBoth(Optional.empty());

    assertThat(endOfLink(trusting())).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(endOfLink(InsecureChannelCredentials.create())).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void shouldServeOnlyClientsWithACertificateWhereThatIsAskedFor() throws Exception {
    startBoth(Optional.of(authority.authority()));

    assertThat(refusal(BOS, trusting())).isEqualTo(Status.Code.UNAVAILABLE);
    ChannelCredentials known =
        TlsChannelCredentials.newBuilder()
            .trustManager(authority.authority().toFile())
            .keyManager(authority.certificate().toFile(), authority.key().toFile())
            .build();
    assertThat(client(BOS, known).execute(request("", put("cart", "tea"))).getHint()).isNotEmpty();
  }

  private void startBoth(Optional<Path> clientCa) throws Exception {
    nodes.speakTls(
        new NodeConfig.Tls(
            authority.certificate(),
            authority.key(),
            clientCa,
            Optional.of(authority.authority())));
    nodes.start(BOS);
    nodes.start(FRA);
  }

  private ExecuteRequest request(String hint, Operation... operations) {
    return nodes.request(hint, operations).build();
  }

  private static ChannelCredentials trusting() throws Exception {
    return TlsChannelCredentials.newBuilder().trustManager(authority.authority().toFile()).build();
  }

  private SessionServiceBlockingStub client(PopId pop, ChannelCredentials credentials) {
    return SessionServiceGrpc.newBlockingStub(
            nodes.channel(nodes.node(pop).ports().clients(), credentials))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private Status.Code refusal(PopId pop, ChannelCredentials credentials) {
    return catchThrowableOfType(
            StatusRuntimeException.class,
            () -> client(pop, credentials).execute(request("", put("cart", "tea"))))
        .getStatus()
        .getCode();
  }

  /** How a stream to the peers' port ends on which nothing was heard. */
  private Status.Code endOfLink(ChannelCredentials credentials) {
    ManagedChannel channel = nodes.channel(nodes.node(BOS).ports().peers(), credentials);
    CompletableFuture<PeerFrame> heard = new CompletableFuture<>();
    PeerServiceGrpc.newStub(channel)
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .link(
            new StreamObserver<>() {
              @Override
              public void onNext(PeerFrame frame) {
                heard.complete(frame);
              }

              @Override
              public void onError(Throwable cause) {
                heard.completeExceptionally(cause);
              }

              @Override
              public void onCompleted() {
                heard.complete(PeerFrame.getDefaultInstance());
              }
            });
    Throwable end = catchThrowable(heard::join);
    return Status.fromThrowable(end).getCode();
  }
}
