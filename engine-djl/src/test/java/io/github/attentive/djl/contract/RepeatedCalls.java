package io.github.attentive.djl.contract;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Calls that must leave no native memory behind, and what the process holds of it. */
public final class RepeatedCalls {
  /**
   * A heap of fixed size, touched at the start: what a process grows by is native. One processor:
   * others may be busy.
   */
  public static final List<String> FIXED_HEAP =
      List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:ActiveProcessorCount=1");

  /**
   * A model of one text whose attention in one explanation, {@code LENGTH * LENGTH} floats, is 640
   * kB: fifteen hundred lost results are 960 MB.
   */
  public static final int LENGTH = 400;

  /** By how many megabytes a process may grow in {@link #CALLS}. */
  public static final long MEGABYTES = 200;

  /** How often to call. */
  public static final int CALLS = 1500;

  /** How often to call before anything is measured. */
  public static final int WARM_UP = 300;

  private RepeatedCalls() {}

  /** Explains and classifies so many times, and fails as often. */
  public static void of(AttentionExplainer explainer, int times) {
    for (int i = 0; i < times; i++) {
      explainer.explain("the movie was boring");
      explainer.classify("the movie was great");
      try {
        explainer.classify(TextInput.of("a", "pair"));
        throw new IllegalStateException("a pair was not refused");
      } catch (InvalidInputException expected) {
        // Failures must not leave anything either.
      }
    }
  }

  /** The memory of this process as Linux counts it. */
  public static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
