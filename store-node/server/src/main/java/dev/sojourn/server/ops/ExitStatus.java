package dev.sojourn.server.ops;

import dev.sojourn.server.storage.StorageException;

/** What the exit code of a node says, after the habits of sysexits.h. */
public enum ExitStatus {
  /** It was asked to end, and finished what it had accepted. */
  OK(0),
  /** The configuration is wrong. Starting again will not help. */
  CONFIG(64),
  /** A port is in use, or an address is not one of this machine. */
  UNAVAILABLE(69),
  /** A fault of Sojourn's own. */
  INTERNAL(70),
  /** The data directory is in use by another node, or may not be written. */
  LOCKED(73),
  /** The store is corrupt, full beyond its reserve, or its disk fails. */
  STORAGE(74);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** What a node ends with that has stopped for {@code cause}. */
  public static ExitStatus of(Throwable cause) {
    if (cause instanceof StorageException.Locked) {
      return LOCKED;
    }
    return cause instanceof StorageException ? STORAGE : INTERNAL;
  }
}
