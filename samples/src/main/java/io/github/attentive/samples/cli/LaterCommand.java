package io.github.attentive.samples.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A command that comes later: takes any options and says so. */
@Command(description = "Comes in a later version.")
final class LaterCommand implements Runnable {
  private final String name;

  /** Whatever is said to it. */
  @Unmatched private final List<String> arguments = new ArrayList<>();

  LaterCommand(String name) {
    this.name = name;
  }

  @Override
  public void run() {
    throw new NotYetException("command '" + name + "'", "see attentive --help for what there is");
  }
}
