package dev.sojourn.server.ops;

import com.sun.net.httpserver.HttpExchange;
import dev.sojourn.server.storage.Completion;
import dev.sojourn.server.storage.SessionStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Streams the audit ledger as JSON lines. Its end is the signed head: an export that was cut short
 * has none, and is told from a whole one by that.
 */
final class LedgerExport {
  private final SessionStore store;

  LedgerExport(SessionStore store) {
    this.store = store;
  }

  void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/jsonl");
    exchange.sendResponseHeaders(200, 0);
    try (exchange;
        OutputStream out = new BufferedOutputStream(exchange.getResponseBody())) {
      CompletableFuture<Long> done = new CompletableFuture<>();
      store.readLedger(line -> write(out, line), new Completion<>(done));
      done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IOException("the ledger cannot be read", e);
    }
  }

  /** Whoever reads has gone if it fails. */
  private static boolean write(OutputStream out, String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
