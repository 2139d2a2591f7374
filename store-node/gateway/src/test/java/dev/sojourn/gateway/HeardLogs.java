package dev.sojourn.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** All that is logged at the levels that a node is run with, by whatever library. */
final class HeardLogs extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
  private final Logger root;

  HeardLogs() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    setContext(context);
    start();
    root.iteratorForAppenders().forEachRemaining(others::add);
    others.forEach(root::detachAppender);
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(
        event.getLoggerName()
            + " "
            + event.getFormattedMessage()
            + " "
            + event.getKeyValuePairs()
            + ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  String all() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    root.detachAppender(this);
    others.forEach(root::addAppender);
    root.setLevel(Level.ERROR);
  }
}
