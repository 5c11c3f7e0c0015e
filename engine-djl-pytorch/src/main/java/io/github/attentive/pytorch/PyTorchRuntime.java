package io.github.attentive.pytorch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import io.github.attentive.Device;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.setup.DjlSwitches;
import io.github.attentive.djl.setup.EngineDevices;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DJL's PyTorch engine: starts it, names its devices, loads graphs into it. */
final class PyTorchRuntime {
  private static final String ENGINE = "PyTorch";
  private static final String MODEL_NAME = "graph";

  private PyTorchRuntime() {}

  /**
   * The engine; the first call loads the natives.
   *
   * @throws EngineUnavailableException if they are missing or do not load
   */
  static Engine engine() {
    DjlSwitches.apply();
    // DJL looks for engines with the class loader of the thread that asks first.
    Thread thread = Thread.currentThread();
    ClassLoader caller = thread.getContextClassLoader();
    thread.setContextClassLoader(PyTorchRuntime.class.getClassLoader());
    try {
      return Engine.getEngine(ENGINE);
    } catch (EngineException | IllegalArgumentException | IllegalStateException | LinkageError e) {
      throw new EngineUnavailableException(
          "PyTorch cannot start: "
              + e.getMessage()
              + (e.getCause() == null ? "" : " (" + e.getCause() + ")")
              + "; expected its natives on the class path: ai.djl.pytorch:pytorch-native-cpu:2.7.1"
              + " with the classifier of this platform, or PYTORCH_LIBRARY_PATH naming a libtorch"
              + " 2.7.1",
          e);
    } finally {
      thread.setContextClassLoader(caller);
    }
  }

  /** The devices the engine can compute on. */
  static List<Device> devices() {
    return EngineDevices.of(engine());
  }

  private static ai.djl.Device djlDevice(Device device) {
    return EngineDevices.require(engine(), device, "a libtorch with CUDA");
  }

  /** What writes an archive. */
  @FunctionalInterface
  interface ArchiveWriter {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Loads an archive.
   *
   * @param archive writes a TorchScript archive
   * @param device where to compute
   * @param trainable whether the parameters will change
   * @return the model, owned by the caller
   * @throws EngineUnavailableException if the engine or the device is missing
   * @throws ModelLoadException if PyTorch does not take what was written
   */
  static Model load(ArchiveWriter archive, Device device, boolean trainable) {
    ai.djl.Device target = djlDevice(device);
    Path folder = null;
    Model model = Model.newInstance(MODEL_NAME, target, ENGINE);
    try {
      folder = Files.createTempDirectory("attentive");
      Path file = folder.resolve(MODEL_NAME + ".pt");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        archive.write(out);
      }
      model.load(
          folder,
          MODEL_NAME,
          Map.of("trainParam", Boolean.toString(trainable), "mapLocation", "true"));
      return model;
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw new ModelLoadException(
          "PyTorch cannot load the graph written for it: " + e.getMessage(), e);
    } finally {
      delete(folder);
    }
  }

  /**
   * Loads a TorchScript file where it lies.
   *
   * @param file the file, trusted: it is a program
   * @param device where to compute
   * @return the model, owned by the caller
   * @throws EngineUnavailableException if the engine or the device is missing
   * @throws ModelLoadException if PyTorch does not take the file
   */
  static Model open(Path file, Device device) {
    Path whole = file.toAbsolutePath();
    Model model = Model.newInstance(MODEL_NAME, djlDevice(device), ENGINE);
    try {
      model.load(whole.getParent(), whole.getFileName().toString(), Map.of("mapLocation", "true"));
      return model;
    } catch (IOException | MalformedModelException | EngineException | IllegalStateException e) {
      model.close();
      throw new ModelLoadException(
          "%s: expected a TorchScript file that PyTorch %s reads, got: %s"
              .formatted(file, engine().getVersion(), e.getMessage()),
          e);
    }
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve(MODEL_NAME + ".pt"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Windows keeps a mapped file; it goes with the process.
      folder.resolve(MODEL_NAME + ".pt").toFile().deleteOnExit();
      folder.toFile().deleteOnExit();
    }
  }
}
