package io.github.attentive.tensorflow;

import io.github.attentive.Classifier;
import java.nio.file.Path;

/** Classifies a text, and prints what of starting the engine is still to be seen. */
final class ClassifyMain {
  private ClassifyMain() {}

  /** Opens the model of the first argument. */
  public static void main(String[] arguments) {
    try (Classifier classifier = Classifier.load(Path.of(arguments[0]))) {
      System.out.println("label " + classifier.classify("hello world").label());
    }
    for (String property :
        new String[] {
          TensorFlowNatives.LIBRARY_PATH,
          "org.bytedeco.javacpp.pathsfirst",
          "org.bytedeco.javacpp.cachedir"
        }) {
      System.out.println(property + " " + System.getProperty(property));
    }
  }
}
