package dev.sojourn.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was opened, last first, exactly once: at the end of a {@code try}, or when the
 * process is told to stop in the middle. Thread-safe.
 */
public final class CleanUp implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeAll, "clean-up");
  private boolean over;

  public CleanUp() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Takes charge of {@code resource}; if the process is stopping already, closes it at once. */
  public <T extends AutoCloseable> T add(T resource) {
    boolean late;
    synchronized (this) {
      late = over;
      if (!late) {
        open.push(resource);
      }
    }
    if (late) {
      closeOne(resource);
    }
    return resource;
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is stopping already, and the hook has run or finds nothing to do.
      return;
    }
  }

  private synchronized void closeAll() {
    over = true;
    while (!open.isEmpty()) {
      closeOne(open.pop());
    }
  }

  private static void closeOne(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // The rest must be closed all the same, above all the processes.
      System.err.println("sojourn: could not clean up: " + e.getMessage());
    }
  }
}
