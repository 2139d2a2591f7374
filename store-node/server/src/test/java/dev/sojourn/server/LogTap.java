package dev.sojourn.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Keeps every line that this process logs, our own at every level, with its pairs and causes. */
final class LogTap extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.sojourn");
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  LogTap() {
    setContext(root.getLoggerContext());
    start();
    ours.setLevel(Level.TRACE);
    ours.setAdditive(false);
    ours.addAppender(this);
    root.addAppender(this);
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(
        event.getFormattedMessage()
            + " "
            + event.getKeyValuePairs()
            + " "
            + event.getMDCPropertyMap()
            + " "
            + (event.getThrowableProxy() == null
                ? ""
                : ThrowableProxyUtil.asString(event.getThrowableProxy())));
  }

  @Override
  public void close() {
    root.detachAppender(this);
    ours.detachAppender(this);
    ours.setAdditive(true);
    ours.setLevel(null);
    stop();
  }
}
