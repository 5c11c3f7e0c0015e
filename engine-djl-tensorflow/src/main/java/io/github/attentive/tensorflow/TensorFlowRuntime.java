package io.github.attentive.tensorflow;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import io.github.attentive.Device;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.djl.setup.DjlSwitches;
import io.github.attentive.djl.setup.EngineDevices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** DJL's TensorFlow engine: finds its libraries, starts it, names its devices. */
final class TensorFlowRuntime {
  private static final String ENGINE = "TensorFlow";

  private static volatile boolean started;

  private TensorFlowRuntime() {}

  /**
   * The engine; the first call unpacks the libraries, if need be, and loads them.
   *
   * @throws EngineUnavailableException if they are missing, cannot be unpacked or do not load
   */
  static Engine engine() {
    return started ? Engine.getEngine(ENGINE) : start();
  }

  private static synchronized Engine start() {
    if (started) {
      return Engine.getEngine(ENGINE);
    }
    DjlSwitches.apply();
    ProcessEnvironment.prepare();
    // DJL looks for engines with the class loader of the thread that asks first.
    Thread thread = Thread.currentThread();
    ClassLoader caller = thread.getContextClassLoader();
    thread.setContextClassLoader(TensorFlowRuntime.class.getClassLoader());
    List<String> ours = new ArrayList<>();
    try {
      if (Utils.getEnvOrSystemProperty(TensorFlowNatives.LIBRARY_PATH) == null) {
        Path folder = TensorFlowNatives.ofThisMachine().folder();
        setIfAbsent(TensorFlowNatives.LIBRARY_PATH, folder.toString(), ours);
      }
      // JavaCPP prefers libraries in jars, which it would unpack a second time, into its own cache.
      setIfAbsent("org.bytedeco.javacpp.pathsfirst", "true", ours);
      setIfAbsent("org.bytedeco.javacpp.cachedir", TensorFlowNatives.cache().toString(), ours);
      Engine engine = Engine.getEngine(ENGINE);
      started = true;
      return engine;
    } catch (EngineException | IllegalArgumentException | IllegalStateException | LinkageError e) {
      throw new EngineUnavailableException(
          "TensorFlow cannot start: "
              + (e.getMessage() == null ? e : e.getMessage())
              + (e.getCause() == null ? "" : " (" + e.getCause() + ")")
              + "; expected the libraries of TensorFlow "
              + TensorFlowNatives.VERSION
              + " on the class path: org.tensorflow:tensorflow-core-native:1.0.0-rc.1 with the"
              + " classifier of this platform, or "
              + TensorFlowNatives.LIBRARY_PATH
              + " naming a folder with them",
          e);
    } finally {
      thread.setContextClassLoader(caller);
      ours.forEach(System::clearProperty);
    }
  }

  /** Sets a property until the engine has started; what the host has set stays. */
  private static void setIfAbsent(String property, String value, List<String> ours) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
      ours.add(property);
    }
  }

  /** The devices the engine can compute on. */
  static List<Device> devices() {
    return EngineDevices.of(engine());
  }

  /**
   * Starts the engine for a device.
   *
   * @throws EngineUnavailableException if there is no such device
   */
  static void require(Device device) {
    EngineDevices.require(engine(), device, "TensorFlow's libraries for CUDA");
  }
}
