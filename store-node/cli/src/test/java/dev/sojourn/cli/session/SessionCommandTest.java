package dev.sojourn.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.sojourn.cli.ExitCode;
import dev.sojourn.cli.Sojourn;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.InspectRequest;
import dev.sojourn.v1.InspectResponse;
import dev.sojourn.v1.InspectResponse.FieldSummary;
import dev.sojourn.v1.SessionServiceGrpc.SessionServiceImplBase;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SessionCommandTest {
  private static final String HINT = "AQhintOfATest";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new OneSession())
            .build()
            .start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }

  @Test
  void shouldTellWhereASessionIsAndNoValueUnlessAskedFor() {
    assertThat(run("session", HINT, "-n", "shop", "--at", address())).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("asked      lhr (owned, holds the payload)")
        .contains("owner      lhr (epoch 3, issued by iad)")
        .contains("version    12, generation 2")
        .contains("in 29 min 58 s if it is not used")
        .contains("basket: 4 bytes")
        .doesNotContain("soap");
  }

  @Test
  void shouldTellValuesWithFields() {
    assertThat(run("session", HINT, "-n", "shop", "--fields", "--at", address()))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("basket: 4 bytes, text/plain = soap");
  }

  @Test
  void shouldPrintOneObjectForEachNodeAsJson() {
    String[] arguments = {"session", HINT, "-n", "shop", "--json", "--at", address()};
    assertThat(run(arguments)).isEqualTo(ExitCode.OK);
    JsonObject json =
        JsonParser.parseString(out.toString()).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(json.get("owner_pop").getAsString()).isEqualTo("lhr");
    assertThat(json.get("holds_payload").getAsBoolean()).isTrue();
    assertThat(json.get("idle_left_ms").getAsLong()).isEqualTo(1_798_000);
  }

  @Test
  void shouldGiveTheNodesOwnRemedyForARefusedHint() {
    assertThat(run("session", "forged", "-n", "shop", "--at", address())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "sojourn: " + address() + " answers: the hint cannot be read",
            "  remedy: drop the hint and start a new session");
  }

  @Test
  void shouldNotCallItAUsageErrorThatASessionHasEnded() {
    assertThat(run("session", "ended", "-n", "shop", "--at", address()))
        .isEqualTo(ExitCode.NOT_AS_IT_SHOULD_BE);
    assertThat(run("session", "busy", "-n", "shop", "--at", address()))
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(run("session", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("1    a node refused", "--tls-ca=FILE");
  }

  @Test
  void shouldSayThatANodeWantsTlsOrIsNotTrusted(@TempDir Path directory) throws Exception {
    serveTls(directory);

    assertThat(run("session", HINT, "-n", "shop", "--at", address()))
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).startsWith("sojourn: " + address() + " wants TLS");
    assertThat(run("session", HINT, "-n", "shop", "--tls", "--at", address()))
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString())
        .contains("sojourn: the certificate of " + address() + " is not trusted");
  }

  @Test
  void shouldInspectANodeWhoseAuthorityItIsGiven(@TempDir Path directory) throws Exception {
    String authority = serveTls(directory).toString();

    assertThat(run("session", HINT, "-n", "shop", "--tls-ca", authority, "--at", address()))
        .as(err.toString())
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("owner      lhr");
  }

  @Test
  void shouldSayThatANodeDoesNotSpeakTls() {
    assertThat(run("session", HINT, "-n", "shop", "--tls", "--at", address()))
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).startsWith("sojourn: " + address() + " does not speak TLS");
  }

  @Test
  void shouldNameTheFileThatHoldsNoCertificate(@TempDir Path directory) throws Exception {
    Path wrong = Files.writeString(directory.resolve("wrong.pem"), "no certificate");
    for (Path file : List.of(wrong, directory.resolve("nowhere.pem"))) {
      assertThat(run("session", HINT, "-n", "shop", "--tls-ca", file.toString(), "--at", address()))
          .isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains("`" + file + "` holds no certificate");
    }
  }

  @Test
  void shouldSayThatNoNodeAnswersWhereNoneListens() {
    String address = address();
    server.shutdownNow();
    assertThat(run("session", HINT, "-n", "shop", "--at", address)).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).startsWith("sojourn: no node answers at " + address);
  }

  @Test
  void shouldRefuseAnAddressWithoutAPort() {
    assertThat(run("session", HINT, "-n", "shop", "--at", "localhost")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("`localhost` is not an address");
  }

  @Test
  void shouldRefuseAHintThatIsTooLong() {
    assertThat(run("session", "x".repeat(201), "-n", "shop", "--at", address()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("1 to 200 characters, not 201");
  }

  /** From here on the node speaks TLS; its certificate is its own authority. */
  private Path serveTls(Path directory) throws Exception {
    server.shutdownNow().awaitTermination();
    TestCertificate certificate = new TestCertificate(directory);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(certificate.serverContext())
            .addService(new OneSession())
            .build()
            .start();
    return certificate.file();
  }

  private String address() {
    return "127.0.0.1:" + server.getPort();
  }

  private int run(String... arguments) {
    CommandLine commandLine = Sojourn.commandLine();
    return commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  /** A node's answers, without the node: what is tested here is the command. */
  private static final class OneSession extends SessionServiceImplBase {
    @Override
    public void inspect(InspectRequest request, StreamObserver<InspectResponse> answers) {
      if (!request.getHint().equals(HINT)) {
        answers.onError(StatusProto.toStatusRuntimeException(refusal(request.getHint())));
        return;
      }
      FieldSummary.Builder field =
          FieldSummary.newBuilder().setName("basket").setSizeBytes(4).setContentType("text/plain");
      if (request.getIncludeFields()) {
        field.setValue(ByteString.copyFromUtf8("soap"));
      }
      answers.onNext(
          InspectResponse.newBuilder()
              .setPop("lhr")
              .setState(InspectResponse.State.OWNED)
              .setHoldsPayload(true)
              .setOwnerPop("lhr")
              .setEpoch(3)
              .setEpochIssuer("iad")
              .setBirthPop("iad")
              .setVersion(12)
              .setGeneration(2)
              .setResidencyCountry("US")
              .setIdleLeftMillis(1_798_000)
              .setAbsoluteLeftMillis(86_000_000)
              .addFields(field)
              .build());
      answers.onCompleted();
    }

    private static com.google.rpc.Status refusal(String hint) {
      return switch (hint) {
        case "ended" -> refusal(Status.Code.NOT_FOUND, ErrorCode.SESSION_ENDED, false);
        case "busy" -> refusal(Status.Code.RESOURCE_EXHAUSTED, ErrorCode.BUSY, true);
        default -> refusal(Status.Code.UNAUTHENTICATED, ErrorCode.HINT_UNREADABLE, false);
      };
    }

    private static com.google.rpc.Status refusal(
        Status.Code status, ErrorCode code, boolean retryable) {
      return com.google.rpc.Status.newBuilder()
          .setCode(status.value())
          .addDetails(
              Any.pack(
                  ErrorDetail.newBuilder()
                      .setCode(code)
                      .setText("the hint cannot be read")
                      .setRemedy("drop the hint and start a new session")
                      .setRetryable(retryable)
                      .build()))
          .build();
    }
  }
}
