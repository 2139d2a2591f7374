package dev.sojourn.server.ops;

import com.google.common.io.ByteStreams;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import dev.sojourn.server.policy.BundleRefused;
import dev.sojourn.server.policy.BundleText;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * {@code /policy} of the admin port: GET tells how policies stand, POST takes a signed one. One at
 * a time: a second one would only keep another thread waiting. Thread-safe.
 */
final class PolicyPage {
  private static final long HEARD_OUT_BYTES = 16 << 20;

  private final PolicyAdmin policies;
  private final Supplier<NodeStatus> status;
  private final AtomicBoolean isTaking = new AtomicBoolean();

  PolicyPage(PolicyAdmin policies, Supplier<NodeStatus> status) {
    this.policies = policies;
    this.status = status;
  }

  AdminServer.Answer answer(HttpExchange exchange) throws IOException {
    return exchange.getRequestMethod().equals("POST") ? take(exchange) : tell(200);
  }

  private AdminServer.Answer tell(int code) {
    NodeStatus now = status.get();
    JsonObject json = PolicyJson.of(now.pop(), policies.report());
    json.add("sweep", StatusJson.of(now.sweep()));
    return AdminServer.Answer.json(code, json);
  }

  private AdminServer.Answer take(HttpExchange exchange) throws IOException {
    // One byte more than is taken is enough to see that there is too much. Whoever sends a little
    // more than that is heard out, else he would see a broken connection in place of the answer.
    byte[] body = exchange.getRequestBody().readNBytes(BundleText.BYTES_MAX + 1);
    ByteStreams.exhaust(ByteStreams.limit(exchange.getRequestBody(), HEARD_OUT_BYTES));
    if (!isTaking.compareAndSet(false, true)) {
      return refusal(503, "busy", "another policy is being taken; push this one when that is done");
    }
    try {
      policies.push(body);
      return tell(200);
    } catch (BundleRefused e) {
      return refusal(code(e.kind()), e.kind().name().toLowerCase(Locale.ROOT), e.reason());
    } finally {
      isTaking.set(false);
    }
  }

  private static AdminServer.Answer refusal(int code, String kind, String reason) {
    JsonObject json = new JsonObject();
    json.addProperty("error", reason);
    json.addProperty("kind", kind);
    return AdminServer.Answer.json(code, json);
  }

  private static int code(BundleRefused.Kind kind) {
    return switch (kind) {
      case TOO_LARGE -> 413;
      case NOT_NEWER, NO_SIGNERS -> 409;
      case UNKNOWN_SIGNER, BAD_SIGNATURE -> 403;
      case UNREADABLE, UNSOUND, UNKNOWN_POP -> 422;
      case NOT_KEPT -> 507;
    };
  }
}
