package dev.sojourn.server.storage;

/**
 * Why a store could not do what was asked. Each message is one line for an operator: the place,
 * what is wrong with it, and what to do. None holds a session's content.
 */
public abstract sealed class StorageException extends Exception {
  private static final long serialVersionUID = 1L;

  private StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  private StorageException(String message) {
    super(message);
  }

  /**
   * What was written cannot be read back whole. Starting again does not help: the store has to be
   * replaced, or restored from a backup.
   */
  public static final class Corrupt extends StorageException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String message, Throwable cause) {
      super(message, cause);
    }

    public Corrupt(String message) {
      super(message);
    }
  }

  /** The disk has no room left, though the reserve should have prevented it. */
  public static final class Full extends StorageException {
    private static final long serialVersionUID = 1L;

    public Full(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Another store, of this process or another one, has this directory open. */
  public static final class Locked extends StorageException {
    private static final long serialVersionUID = 1L;

    public Locked(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A newer release wrote this, and this one would lose part of it. */
  public static final class NewerFormat extends StorageException {
    private static final long serialVersionUID = 1L;

    public NewerFormat(String message) {
      super(message);
    }
  }

  /** A record has another revision than its only writer believes. */
  public static final class Conflict extends StorageException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }

  /** The store was closed, in good order. */
  public static final class Closed extends StorageException {
    private static final long serialVersionUID = 1L;

    public Closed() {
      super("the store is closed");
    }
  }

  /** The disk, the file system or its rights refused. */
  public static final class Io extends StorageException {
    private static final long serialVersionUID = 1L;

    public Io(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
