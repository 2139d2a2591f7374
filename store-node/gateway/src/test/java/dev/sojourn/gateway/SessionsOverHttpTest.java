package dev.sojourn.gateway;

import static dev.sojourn.gateway.Gate.call;
import static dev.sojourn.gateway.Gate.put;
import static dev.sojourn.gateway.Gate.readAll;
import static dev.sojourn.gateway.Pops.BOSTON;
import static dev.sojourn.gateway.Pops.TOKYO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.sojourn.gateway.Gate.Reply;
import dev.sojourn.v1.ErrorCode;
import dev.sojourn.v1.ErrorDetail;
import dev.sojourn.v1.ExecuteRequest;
import dev.sojourn.v1.Operation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions, by whoever speaks HTTP and JSON alone. */
class SessionsOverHttpTest {
  private static final String GATEWAY = "gateway:\n  listen: 127.0.0.1:0\n";

  @SuppressWarnings("NullAway.Init")
  private Pops pops;

  @SuppressWarnings("NullAway.Init")
  private Gate boston;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    pops = new Pops(directory);
    boston = pops.start(BOSTON, GATEWAY);
  }

  @AfterEach
  void stop() {
    pops.close();
  }

  @Test
  void shouldKeepASessionThatCarriesItsHintInTheHeader() throws Exception {
    Reply created = boston.execute(put("cart", "2 apples"));
    assertThat(created.status()).isEqualTo(200);
    assertThat(created.json().get("hint").getAsString()).isEqualTo(created.hint());
    // Twice the idle lifetime, less what it took to get here.
    assertThat(created.header("sojourn-hint-max-age").orElseThrow()).matches("35\\d\\d|3600");
    assertThat(created.header("cache-control")).contains("no-store");
    assertThat(created.cookies()).isEmpty();

    Reply read = boston.execute(readAll(), "sojourn-hint", created.hint());
    assertThat(read.value("cart")).isEqualTo("2 apples");
    assertThat(read.header("sojourn-hint")).isEmpty();
  }

  @Test
  void shouldMoveASessionToTheGatewayThatIsAsked() throws Exception {
    Gate tokyo = pops.start(TOKYO, GATEWAY);
    String hint = boston.execute(put("cart", "2 apples")).hint();

    Reply moved = tokyo.execute(readAll(), "sojourn-hint", hint);
    assertThat(moved.value("cart")).isEqualTo("2 apples");
    JsonObject outcome = moved.json().getAsJsonObject("outcome");
    assertThat(outcome.get("how").getAsString()).isEqualTo("GRANTED");
    assertThat(outcome.get("ownerPop").getAsString()).isEqualTo(TOKYO);
    assertThat(outcome.get("roundTrips").getAsInt()).isEqualTo(1);

    Reply again = tokyo.execute(readAll(), "sojourn-hint", moved.hint());
    assertThat(again.json().getAsJsonObject("outcome").get("how").getAsString()).isEqualTo("LOCAL");
  }

  @Test
  void shouldKeepTheHintOutOfReachOfScriptsWhereACookieCarriesIt() throws Exception {
    Reply created = boston.execute(put("cart", "2 apples"), "sojourn-hint-carrier", "cookie");
    assertThat(created.cookies()).hasSize(1);
    String cookie = created.cookies().get(0);
    assertThat(cookie)
        .matches(
            "__Host-sojourn=[^;]{20,200}; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=3[56]\\d\\d");
    String hint = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    assertThat(created.body()).doesNotContain(hint);
    assertThat(created.header("sojourn-hint")).isEmpty();

    Reply rotated =
        boston.execute(call("{\"rotate\": {}}"), "cookie", "a=b; __Host-sojourn=" + hint);
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(rotated.cookies()).hasSize(1);
    assertThat(rotated.json().has("hint")).isFalse();

    String fresh = rotated.cookies().get(0);
    fresh = fresh.substring(0, fresh.indexOf(';'));
    Reply ended = boston.execute(call("{\"destroy\": {}}"), "cookie", fresh);
    assertThat(ended.cookies())
        .isEqualTo(List.of("__Host-sojourn=; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"));
  }

  @Test
  void shouldApplyARepeatedRequestOnce() throws Exception {
    String hint = boston.execute(put("cart", "1")).hint();
    String request =
        "{\"namespace\": \"shop\", \"requestId\": \"AAECAwQFBgcICQoLDA0ODw==\","
            + " \"operations\": [{\"increment\": {\"name\": \"hits\", \"by\": \"3\"}}]}";
    for (int i = 0; i < 2; i++) {
      Reply reply = boston.execute(request, "sojourn-hint", hint);
      assertThat(
              reply
                  .json()
                  .getAsJsonArray("results")
                  .get(0)
                  .getAsJsonObject()
                  .get("number")
                  .getAsString())
          .isEqualTo("3");
    }
  }

  @Test
  void shouldTakeTheHintFromTheBodyAsGrpcDoes() throws Exception {
    String hint = boston.execute(put("cart", "1")).hint();
    String body =
        "{\"namespace\": \"shop\", \"hint\": \"" + hint + "\", \"operations\": [{\"get\": {}}]}";
    assertThat(boston.execute(body).value("cart")).isEqualTo("1");
    assertThat(boston.execute(body, "sojourn-hint", hint).value("cart")).isEqualTo("1");
  }

  @Test
  void shouldTellWhatThePopKnowsOfASession() throws Exception {
    String hint = boston.execute(put("cart", "1")).hint();
    Reply known =
        boston.post(
            Gate.INSPECT, "{\"namespace\": \"shop\"}".getBytes(UTF_8), "sojourn-hint", hint);
    assertThat(known.json().get("state").getAsString()).isEqualTo("OWNED");
    assertThat(known.json().get("pop").getAsString()).isEqualTo(BOSTON);
  }

  /** A write that is older than what the owner remembers comes back with a fresh hint. */
  @Test
  void shouldBringTheFreshHintOfAnErrorTheWayTheOldOneCame() throws Exception {
    String write = put("cart", "1").replace("\"shop\"", "\"forgetful\"");
    String old = boston.execute(write).hint();
    boston.execute(write, "sojourn-hint", old);
    boston.execute(write, "sojourn-hint", old);

    Reply byHeader = boston.execute(write, "sojourn-hint", old);
    assertThat(byHeader.status()).isEqualTo(409);
    assertThat(byHeader.error().getCode()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(byHeader.hint()).isEqualTo(byHeader.error().getHint()).isNotEmpty();

    Reply byCookie = boston.execute(write, "cookie", "__Host-sojourn=" + old);
    assertThat(byCookie.error().getCode()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(byCookie.error().getHint()).isEmpty();
    String cookie = byCookie.cookies().get(0);
    String fresh = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    assertThat(byCookie.body()).doesNotContain(fresh);
    HttpResponse<byte[]> byGrpcWeb =
        boston.grpcWeb(
            ExecuteRequest.newBuilder()
                .setNamespace("forgetful")
                .addOperations(
                    Operation.newBuilder().setRemove(Operation.Remove.newBuilder().setName("x")))
                .build(),
            "cookie",
            "__Host-sojourn=" + old);
    String setCookie = byGrpcWeb.headers().firstValue("set-cookie").orElseThrow();
    assertThat(setCookie).startsWith("__Host-sojourn=AQ").contains("HttpOnly");
    String details =
        byGrpcWeb.headers().firstValue("grpc-status-details-bin").orElse("")
            + new String(byGrpcWeb.body(), UTF_8);
    String inDetails = details.replaceFirst("(?s).*grpc-status-details-bin: ?", "").strip();
    com.google.rpc.Status status =
        com.google.rpc.Status.parseFrom(Base64.getDecoder().decode(inDetails));
    assertThat(status.getMessage()).contains("too many writes since this hint");
    assertThat(status.getDetails(1).unpack(ErrorDetail.class).getCode())
        .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(status.getDetails(1).unpack(ErrorDetail.class).getHint()).isEmpty();

    assertThat(boston.execute(write, "sojourn-hint", fresh).status()).isEqualTo(200);
  }

  @Test
  void shouldAnswerWithTypedErrorsOfTheService() throws Exception {
    String hint = boston.execute(put("cart", "many")).hint();
    Reply reply =
        boston.execute(
            call("{\"increment\": {\"name\": \"cart\", \"by\": 1}}"), "sojourn-hint", hint);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("code").getAsString()).isEqualTo("failed_precondition");
    assertThat(reply.error().getCode()).isEqualTo(ErrorCode.NOT_A_NUMBER);
    assertThat(reply.error().getFailedOperation()).isZero();
  }
}
