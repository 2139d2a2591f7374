package dev.sojourn.cli.demo.web;

import dev.sojourn.cli.CommandFailure;
import dev.sojourn.cli.demo.CleanUp;
import java.io.IOException;
import java.net.URI;

/**
 * Nodes, distances, gateways, edge functions and a page before them; runs until it is closed, and
 * then nothing of it is left on the machine.
 */
public final class Shop implements AutoCloseable {
  private final URI address;
  private final String runtime;
  private final CleanUp cleanUp;

  /** Told how far the start has come. */
  public interface Telling {
    void progress(String what, int done, int all);
  }

  /**
   * Starts everything; takes some seconds.
   *
   * @param searchPath where to look for an edge runtime, such as {@code PATH}
   * @throws CommandFailure if there is none, or something does not start
   */
  public static Shop start(String searchPath, Telling telling)
      throws IOException, InterruptedException {
    EdgeRuntime runtime = EdgeRuntime.find(searchPath).orElseThrow(Shop::noRuntime);
    CleanUp cleanUp = new CleanUp();
    try {
      URI address = new Opening(runtime, telling, cleanUp).open();
      return new Shop(address, runtime.name(), cleanUp);
    } catch (IOException | InterruptedException | RuntimeException e) {
      cleanUp.close();
      throw e;
    }
  }

  private Shop(URI address, String runtime, CleanUp cleanUp) {
    this.address = address;
    this.runtime = runtime;
    this.cleanUp = cleanUp;
  }

  /** The page. */
  public URI address() {
    return address;
  }

  /** What runs the edge functions. */
  public String runtime() {
    return runtime;
  }

  @Override
  public void close() {
    cleanUp.close();
  }

  private static CommandFailure noRuntime() {
    return CommandFailure.unavailable(
        "there is no `workerd`, `deno` or `node` (20 or later) to run the edge functions",
        "install Node 20 or later; `npm ci` in docs/examples then brings workerd and Deno. "
            + "Without any of them, `sojourn demo` shows the same moves as a table");
  }
}
