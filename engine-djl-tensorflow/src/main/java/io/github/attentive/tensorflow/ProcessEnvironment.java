package io.github.attentive.tensorflow;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.Locale;
import java.util.Map;

/**
 * Variables that TensorFlow reads from the environment of its process, and from nowhere else. Java
 * cannot set them; the C library can.
 */
final class ProcessEnvironment {
  /**
   * TensorFlow writes what it notices to standard error, past every logger; level 3 keeps all of it
   * back, and failures reach the caller as exceptions. oneDNN is off by default on older
   * processors, where it takes less than half the time as well. A session has threads of its own
   * only where the third one says so.
   */
  private static final Map<String, String> WANTED =
      Map.of(
          "TF_CPP_MIN_LOG_LEVEL", "3",
          "TF_ENABLE_ONEDNN_OPTS", "1",
          "TF_OVERRIDE_GLOBAL_THREADPOOL", "1");

  private ProcessEnvironment() {}

  /** Sets what the host has not set itself; does nothing where the C library has no setenv. */
  static void prepare() {
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      return;
    }
    try {
      Function setenv = NativeLibrary.getProcess().getFunction("setenv");
      WANTED.forEach(
          (name, value) -> {
            if (System.getenv(name) == null) {
              setenv.invokeInt(new Object[] {name, value, 1});
            }
          });
    } catch (LinkageError e) {
      // TensorFlow then says what it likes, and shares one set of threads; it works as well.
    }
  }
}
