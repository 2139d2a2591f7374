package dev.sojourn.gateway;

import static dev.sojourn.gateway.Gate.EXECUTE;
import static dev.sojourn.gateway.Gate.call;
import static dev.sojourn.gateway.Gate.put;
import static dev.sojourn.gateway.Gate.readAll;
import static dev.sojourn.gateway.Pops.BOSTON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sojourn.gateway.Gate.Reply;
import dev.sojourn.v1.ErrorCode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is sent: a typed error of the caller's, nothing touched, and nothing of it in the log.
 */
class BadInputTest {
  private static final String SECRET = "do-not-log-me";
  private static final int BODY_BYTES_MAX = 16 << 10;
  private static final String GATEWAY =
      """
      gateway:
        listen: 127.0.0.1:0
        tokens: tokens.yaml
        origins: [https://shop.example.net]
        body: 16KiB
        headers: 4KiB
      """;

  @SuppressWarnings("NullAway.Init")
  private static Pops pops;

  @SuppressWarnings("NullAway.Init")
  private static Gate gate;

  @SuppressWarnings("NullAway.Init")
  private static HeardLogs logs;

  private static String hint = "";
  private String commitsBefore = "";

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    logs = new HeardLogs();
    pops = new Pops(directory).withTokens();
    gate = pops.start(BOSTON, GATEWAY);
    hint = execute(put("cart", SECRET)).hint();
  }

  @AfterAll
  static void stop() {
    pops.close();
    logs.close();
    assertThat(logs.all())
        .contains("ready")
        .doesNotContain(SECRET, hint, pops.token("shop"), pops.token("chat"));
  }

  @BeforeEach
  void count() throws Exception {
    commitsBefore = commits();
  }

  @AfterEach
  void shouldHaveTouchedNothing() throws Exception {
    assertThat(commits()).isEqualTo(commitsBefore);
    Reply read = execute(readAll(), "sojourn-hint", hint);
    assertThat(read.value("cart")).isEqualTo(SECRET);
    assertThat(read.json().getAsJsonObject("outcome").get("version").getAsString()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "do-not-log-me",
        "{",
        "[]",
        "null",
        "1",
        "\"shop\"",
        "{namespace: \"shop\"}",
        "{'namespace': 'shop'}",
        "{\"namespace\": \"shop\"} do-not-log-me",
        "{\"namespace\": \"shop\"}{}",
        "{\"namespace\": \"shop\",}",
        "{\"namespace\": \"shop\" /* do-not-log-me */}",
        "{\"namespace\": \"shop\", \"namespace\": \"shop\"}",
        "{\"requestId\": \"AAECAwQFBgcICQoLDA0ODw==\", \"request_id\": \"AAECAwQFBgcICQoLDA0ODw==\"}",
        "{\"namespace\": \"\\uD800\\",
        "{\"operations\": [{\"get\": {}, \"touch\": {}}]}",
      })
  void shouldRefuseWhatIsNotTheJsonOfARequest(String body) throws Exception {
    refused(execute(body), 400, ErrorCode.INVALID_REQUEST);
  }

  @Test
  void shouldRefuseJsonThatIsNoUtf8OrDeeperThanAnyRequest() throws Exception {
    byte[] latin =
        "{\"namespace\": \"shop\", \"hint\": \"\u00e9\"}"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    refused(gate.post(EXECUTE, latin, "authorization", bearer()), 400, ErrorCode.INVALID_REQUEST);
    refused(
        execute("{\"operations\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
        400,
        ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"namespace\": \"shop\", \"operation\": []}",
        "{\"namespace\": \"shop\", \"__proto__\": {\"isAdmin\": true}}",
        "{\"namespace\": \"shop\", \"constructor\": {\"prototype\": {}}}",
        "{\"namespace\": \"shop\", \"operations\": [{\"put\": {\"field\": {\"naem\": \"x\"}}}]}",
        "{\"namespace\": \"shop\", \"create\": {\"__proto__\": 1}}",
        "{\"namespace\": \"shop\", \"operations\": [{\"put\": {\"field\": {\"name\": \"x\","
            + " \"__proto__\": {\"value\": \"\"}}}}]}",
      })
  void shouldRefuseFieldsThatNoRequestHas(String body) throws Exception {
    Reply reply = execute(body);
    refused(reply, 400, ErrorCode.INVALID_REQUEST);
  }

  @Test
  void shouldNameTheFieldThatNoRequestHas() throws Exception {
    Reply reply = execute("{\"namespace\": \"shop\", \"opperations\": []}");
    assertThat(reply.error().getText())
        .isEqualTo("`opperations` is no field of its message in sojourn.v1.ExecuteRequest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"namespace\": {}}",
        "{\"namespace\": [\"shop\"]}",
        "{\"namespace\": \"shop\", \"operations\": {}}",
        "{\"namespace\": \"shop\", \"operations\": [1]}",
        "{\"namespace\": \"shop\", \"operations\": [null]}",
        "{\"namespace\": \"shop\", \"operations\": [{\"increment\": {\"name\": \"x\", \"by\": 1.5}}]}",
        "{\"namespace\": \"shop\", \"operations\": [{\"increment\": {\"name\": \"x\", \"by\": \"x\"}}]}",
        "{\"namespace\": \"shop\", \"operations\": [{\"increment\": {\"name\": \"x\","
            + " \"by\": 9223372036854775808}}]}",
        "{\"namespace\": \"shop\", \"operations\": [{\"requireVersion\": {\"version\": -1}}]}",
        "{\"namespace\": \"shop\", \"operations\": [{\"put\": {\"field\": {\"name\": \"x\","
            + " \"value\": \"do-not-log-me!\"}}}]}",
        "{\"namespace\": \"shop\", \"requestId\": \"AAAA\", \"operations\": [{\"get\": {}}]}",
        "{\"namespace\": \"shop\", \"requestId\": 7, \"operations\": [{\"get\": {}}]}",
        "{\"namespace\": \"shop\", \"operations\": [{\"destroy\": {}}, {\"get\": {}}]}",
      })
  void shouldRefuseValuesOfTheWrongType(String body) throws Exception {
    Reply reply = gate.execute(body, "authorization", bearer());
    // A namespace that is no text cannot be the token's either, but the form is judged first.
    refused(reply, 400, ErrorCode.INVALID_REQUEST);
  }

  @Test
  void shouldRefuseABodyOverTheLimit() throws Exception {
    String large = put("cart", "x".repeat(BODY_BYTES_MAX));
    refused(execute(large), 413, ErrorCode.LIMIT_EXCEEDED);

    // Of unknown length, so that it is cut off on the way.
    byte[] bytes = large.getBytes(UTF_8);
    Reply chunked =
        gate.send(
            gate.request(EXECUTE)
                .header("content-type", "application/json")
                .header("authorization", bearer())
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
    refused(chunked, 413, ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void shouldRefuseHeadersOverTheLimit() throws Exception {
    Reply reply = execute(readAll(), "x-much", "x".repeat(5_000));
    refused(reply, 431, ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void shouldRefuseACallerWithoutTheTokenOfTheNamespace() throws Exception {
    String body = readAll();
    refused(gate.execute(body), 401, ErrorCode.CALLER_REFUSED);
    refused(gate.execute(body, "authorization", "Bearer x"), 401, ErrorCode.CALLER_REFUSED);
    refused(
        gate.execute(body, "authorization", "Basic " + pops.token("shop")),
        401,
        ErrorCode.CALLER_REFUSED);
    refused(
        gate.execute(body, "authorization", bearer(), "authorization", bearer()),
        401,
        ErrorCode.CALLER_REFUSED);
    Reply foreign = gate.execute(body, "authorization", "Bearer " + pops.token("chat"));
    refused(foreign, 401, ErrorCode.CALLER_REFUSED);
    assertThat(foreign.header("www-authenticate")).contains("Bearer");
    refused(
        gate.post(
            Gate.INSPECT,
            "{\"namespace\": \"shop\"}".getBytes(UTF_8),
            "authorization",
            "Bearer " + pops.token("chat")),
        401,
        ErrorCode.CALLER_REFUSED);
    refused(gate.get("/metrics"), 401, ErrorCode.CALLER_REFUSED);
  }

  @Test
  void shouldRefuseAHintThatDiffersFromPlaceToPlace() throws Exception {
    String cookie = "__Host-sojourn=" + hint;
    String other = "AAAA" + hint.substring(4);
    refused(
        execute(readAll(), "sojourn-hint", other, "cookie", cookie),
        400,
        ErrorCode.INVALID_REQUEST);
    refused(
        execute(
            "{\"namespace\": \"shop\", \"hint\": \""
                + other
                + "\", \"operations\": [{\"get\": {}}]}",
            "cookie",
            cookie),
        400,
        ErrorCode.INVALID_REQUEST);
    refused(
        execute(readAll(), "sojourn-hint", hint, "sojourn-hint", other),
        400,
        ErrorCode.INVALID_REQUEST);
    assertThat(execute(readAll(), "sojourn-hint", hint, "cookie", cookie).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseTwoCookiesOfTheHintsName() throws Exception {
    String cookie = "__Host-sojourn=" + hint;
    for (String header :
        List.of(
            cookie + "; __Host-sojourn=x",
            "__Host-sojourn=; " + cookie,
            cookie + "; " + cookie,
            cookie + ";__Host-sojourn=\"x\"")) {
      refused(execute(readAll(), "cookie", header), 400, ErrorCode.INVALID_REQUEST);
    }
    // Only a semicolon ends a cookie, so that another one cannot speak for ours.
    assertThat(execute(readAll(), "cookie", "other=1,__Host-sojourn=x; " + cookie).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x\\r\\nset-cookie: a=b", "\\u0000", "%0d%0aset-cookie: a=b", "\\u010d\\u010a"})
  void shouldLetNoValueBecomeAHeader(String value) throws Exception {
    List<Reply> replies = new ArrayList<>();
    replies.add(
        execute(
            "{\"namespace\": \"shop\", \"hint\": \""
                + value
                + "\", \"operations\": [{\"get\": {}}]}"));
    replies.add(execute("{\"namespace\": \"" + value + "\", \"operations\": [{\"get\": {}}]}"));
    replies.add(
        execute(
            "{\"namespace\": \"shop\", \"create\": {\"residencyCountry\": \""
                + value
                + "\"},"
                + " \"operations\": [{\"append\": {\"name\": \"x\", \"value\": \"\"}}]}"));
    for (Reply reply : replies) {
      assertThat(reply.status()).isBetween(400, 401);
      assertThat(reply.error().getRetryable()).isFalse();
      assertThat(reply.cookies()).isEmpty();
    }
  }

  @Test
  void shouldRefuseHeadersThatAreFoldedOrHoldControlCharacters() throws Exception {
    for (String bad :
        List.of(
            "sojourn-hint: a\r\n b",
            "sojourn-hint: a\u0000b",
            "sojourn-hint: a\rset-cookie: a=b",
            "sojourn-hint\r\n: a")) {
      String answer =
          gate.raw(
              "POST "
                  + EXECUTE
                  + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
                  + "content-type: application/json\r\nauthorization: "
                  + bearer()
                  + "\r\n"
                  + bad
                  + "\r\ncontent-length: "
                  + readAll().length()
                  + "\r\n\r\n"
                  + readAll());
      assertThat(answer).as(bad).startsWith("HTTP/1.1 4");
      assertThat(answer).contains("\"code\":");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("\nset-cookie:");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"put\": {\"field\": {\"name\": \"__proto__\", \"value\": \"\"}}}",
        "{\"increment\": {\"name\": \"__proto__\", \"by\": 1}}",
        "{\"append\": {\"name\": \"__proto__\", \"value\": \"\"}}",
        "{\"remove\": {\"name\": \"__proto__\"}}",
        "{\"get\": {\"names\": [\"cart\", \"__proto__\"]}}",
      })
  void shouldRefuseTheFieldNameThatChangesObjectsOfJavaScript(String operation) throws Exception {
    refused(execute(call(operation), "sojourn-hint", hint), 400, ErrorCode.INVALID_REQUEST);
  }

  @Test
  void shouldRefuseWhatAPageMaySendWithoutAsking() throws Exception {
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/grpc+json",
            "application/grpc-web+json")) {
      refused(
          execute(readAll(), "content-type", type, "origin", "https://evil.example"),
          415,
          ErrorCode.INVALID_REQUEST);
    }
    refused(execute(readAll(), "content-encoding", "gzip"), 415, ErrorCode.INVALID_REQUEST);
    refused(execute(readAll(), "origin", "https://evil.example"), 401, ErrorCode.CALLER_REFUSED);
    refused(execute(readAll(), "origin", "null"), 401, ErrorCode.CALLER_REFUSED);
  }

  @Test
  void shouldRefuseOtherMethodsAndPaths() throws Exception {
    refused(gate.get(EXECUTE, "authorization", bearer()), 405, ErrorCode.INVALID_REQUEST);
    refused(
        gate.post("/sojourn.v1.SessionService/Destroy", new byte[0], "authorization", bearer()),
        404,
        ErrorCode.INVALID_REQUEST);
    refused(
        gate.post(
            "/sojourn.v1.SessionService/Stream", "{}".getBytes(UTF_8), "authorization", bearer()),
        400,
        ErrorCode.INVALID_REQUEST);
    refused(gate.get("/docs/"), 404, ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x10", "-1", "1e3", "99999999999", ""})
  void shouldRefuseATimeThatIsNoNumber(String time) throws Exception {
    refused(execute(readAll(), "connect-timeout-ms", time), 400, ErrorCode.INVALID_REQUEST);
  }

  private static void refused(Reply reply, int status, ErrorCode code) throws Exception {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.error().getCode()).isEqualTo(code);
    assertThat(reply.error().getRetryable()).isFalse();
    assertThat(reply.error().getRemedy()).isNotEmpty();
    assertThat(reply.body()).doesNotContain(SECRET, hint, "isAdmin");
    assertThat(reply.cookies()).isEmpty();
    assertThat(reply.header("sojourn-hint")).isEmpty();
  }

  private static Reply execute(String body, String... headers) throws Exception {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "authorization";
    all[1] = bearer();
    return gate.execute(body, all);
  }

  private static String bearer() {
    return "Bearer " + Objects.requireNonNull(pops).token("shop");
  }

  private static String commits() throws Exception {
    return gate.get("/metrics", "authorization", bearer())
        .body()
        .lines()
        .filter(line -> line.startsWith("sojourn_store_commits_total"))
        .findFirst()
        .orElseThrow();
  }
}
