package dev.sojourn.cli.demo.report;

import java.util.Map;

/** Colours for a terminal, and none for anything else or where {@code NO_COLOR} is set. */
public final class Paint {
  private static final String RESET = "\u001b[0m";

  private final boolean coloured;

  private Paint(boolean coloured) {
    this.coloured = coloured;
  }

  /**
   * @param terminal whether the output goes to a terminal
   * @param environment the process's; {@code NO_COLOR} and {@code TERM=dumb} are heeded
   */
  public static Paint forOutput(boolean terminal, Map<String, String> environment) {
    boolean refused =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(environment.get("TERM"));
    return new Paint(terminal && !refused);
  }

  public static Paint none() {
    return new Paint(false);
  }

  String faint(String text) {
    return wrap("\u001b[2m", text);
  }

  String bold(String text) {
    return wrap("\u001b[1m", text);
  }

  String green(String text) {
    return wrap("\u001b[32m", text);
  }

  String red(String text) {
    return wrap("\u001b[31m", text);
  }

  String yellow(String text) {
    return wrap("\u001b[33m", text);
  }

  String cyan(String text) {
    return wrap("\u001b[36m", text);
  }

  private String wrap(String code, String text) {
    return coloured ? code + text + RESET : text;
  }
}
