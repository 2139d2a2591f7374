package dev.sojourn.gateway;

import com.google.gson.JsonObject;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import dev.sojourn.server.ServedNode;
import dev.sojourn.server.ops.NodeMetrics;
import dev.sojourn.server.ops.Phase;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** What watches a node asks of it: is it alive, is it ready, how does it do. Thread-safe. */
final class Probes {
  private static final MediaType OPEN_METRICS = MediaType.parse(NodeMetrics.contentType());

  private final ServedNode node;

  Probes(ServedNode node) {
    this.node = node;
  }

  HttpService live() {
    return probe(phase -> phase != Phase.FAILED);
  }

  HttpService ready() {
    return probe(phase -> phase == Phase.READY);
  }

  /** The metrics, for whoever shows a token, if the gateway asks for one. */
  HttpService metrics(SessionDoor door, ConnectErrors errors) {
    return (http, request) -> {
      try {
        door.admit(request.headers());
      } catch (StatusRuntimeException e) {
        return errors.respond(e).toHttpResponse();
      }
      // Asking every shard how it does may take a while, and must not hold up an event loop.
      return HttpResponse.of(
          CompletableFuture.supplyAsync(this::openMetrics, http.blockingTaskExecutor()));
    };
  }

  private HttpResponse openMetrics() {
    try {
      String text = node.metrics().openMetrics(node.status().get());
      return HttpResponse.of(HttpStatus.OK, OPEN_METRICS, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpService probe(Predicate<Phase> isGood) {
    return (http, request) -> {
      Phase phase = node.phase().get();
      JsonObject body = new JsonObject();
      body.addProperty("phase", phase.name().toLowerCase(Locale.ROOT));
      ResponseHeaders headers =
          ResponseHeaders.builder(
                  isGood.test(phase) ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
              .contentType(MediaType.JSON)
              .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
              .build();
      return HttpResponse.of(headers, HttpData.ofUtf8(body + "\n"));
    };
  }
}
