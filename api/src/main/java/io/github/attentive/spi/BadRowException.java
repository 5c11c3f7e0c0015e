package io.github.attentive.spi;

import org.jspecify.annotations.Nullable;

/**
 * A row is not as it should be, and the next one can be read nevertheless. Without a stack trace:
 * there may be many, and they are data.
 */
public final class BadRowException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Counted from 1. */
  private final long line;

  /**
   * Creates an exception.
   *
   * @param line where the row starts, counted from 1
   * @param reason what was expected and what was found; without file and line
   */
  public BadRowException(long line, String reason) {
    this(line, reason, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param line where the row starts, counted from 1
   * @param reason what was expected and what was found; without file and line
   * @param cause what led to it, or null
   */
  public BadRowException(long line, String reason, @Nullable Throwable cause) {
    super(reason, cause, false, false);
    this.line = line;
  }

  /**
   * Where the row starts.
   *
   * @return a line, counted from 1
   */
  public long line() {
    return line;
  }
}
