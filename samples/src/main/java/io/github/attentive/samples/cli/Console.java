package io.github.attentive.samples.cli;

import java.io.PrintStream;

/**
 * Where a command writes: results to one stream, progress to the other.
 *
 * @param out for results
 * @param err for everything else
 */
record Console(PrintStream out, PrintStream err) {

  /** True if someone watches, so that a line may be drawn over. */
  boolean interactive() {
    return System.console() != null;
  }
}
