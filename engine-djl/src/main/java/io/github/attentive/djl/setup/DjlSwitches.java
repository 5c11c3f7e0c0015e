package io.github.attentive.djl.setup;

/**
 * The switches of DJL that this library sets before it touches an engine: no downloads and no usage
 * tracking, unless the host has set them otherwise.
 *
 * <p>They are system properties: {@code ai.djl.offline} and {@code OPT_OUT_TRACKING}. A host that
 * uses DJL itself and wants its downloads sets {@code ai.djl.offline=false}.
 */
public final class DjlSwitches {
  private DjlSwitches() {}

  /** Sets what is not set. */
  public static synchronized void apply() {
    setIfAbsent("ai.djl.offline");
    setIfAbsent("OPT_OUT_TRACKING");
  }

  private static void setIfAbsent(String property) {
    if (System.getProperty(property) == null && System.getenv(property) == null) {
      System.setProperty(property, "true");
    }
  }
}
