package io.github.attentive.tensorflow;

import io.github.attentive.EngineUnavailableException;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unpacks fake libraries as soon as a file is there; prints where they are, or why not. */
final class UnpackMain {
  private UnpackMain() {}

  /** Takes the cache, the jar and the file to wait for. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (URLClassLoader loader = FakeLibraries.loader(Path.of(arguments[1]))) {
      TensorFlowNatives natives =
          new TensorFlowNatives(Path.of(arguments[0]), FakeLibraries.PLATFORM, loader);
      while (!Files.exists(Path.of(arguments[2]))) {
        Thread.sleep(1);
      }
      System.out.println(natives.folder());
    } catch (EngineUnavailableException e) {
      System.out.println(e.getMessage());
    }
  }
}
