package io.github.attentive.samples.cli;

import io.github.attentive.DatasetFile;
import io.github.attentive.samples.demo.Demo;
import io.github.attentive.samples.demo.Reviews;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the main job. */
@Command(
    name = "demo",
    description =
        "Trains three small models on film reviews, asks them, draws what they looked at.")
final class DemoCommand implements Runnable {
  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--seeds", paramLabel = "N", description = "repeats over N seeds; default 1")
  private int seeds = 1;

  @Option(names = "--out", paramLabel = "FOLDER", description = "default attentive-demo")
  private Path out = Path.of("attentive-demo");

  @Option(
      names = "--reviews",
      paramLabel = "FILE",
      description = "other reviews: two labels, at least five different texts of each")
  private @Nullable Path reviews;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Reviews data = reviews == null ? Reviews.own() : Reviews.of(DatasetFile.of(reviews).dataset());
    new Demo(data, common.loadOptions(), console.out(), console.err()).run(seeds, out);
  }
}
