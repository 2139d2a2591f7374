package dev.sojourn.sim.read;

/** A scenario rests on a file that may be absent, and it is. */
public final class MissingDataException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String file;

  MissingDataException(String file) {
    super("`" + file + "` is not here");
    this.file = file;
  }

  public String file() {
    return file;
  }
}
