package io.github.attentive.samples.cli;

/** What the process returns. */
public final class ExitCodes {
  /** The command did what it was asked. */
  public static final int DONE = 0;

  /** The model or the engine failed. */
  public static final int FAILED = 1;

  /** Wrong usage or bad input. */
  public static final int USAGE = 2;

  private ExitCodes() {}
}
