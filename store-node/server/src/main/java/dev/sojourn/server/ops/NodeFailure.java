package dev.sojourn.server.ops;

/** Why a node could not start; its message is one line for a person. */
public final class NodeFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitStatus status;
  private final String line;

  public NodeFailure(ExitStatus status, String line, Throwable cause) {
    super(line, cause);
    this.status = status;
    this.line = line;
  }

  public ExitStatus status() {
    return status;
  }

  public String line() {
    return line;
  }
}
