package io.github.attentive.pytorch;

import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Turns weights that Keras saved into a model directory of this library. */
final class KerasWeights {
  private KerasWeights() {}

  /** Writes the model of a fixture folder, with {@code model.weights.h5} and a vocabulary. */
  static void convert(Path fixture, int sequenceLength, boolean attention, Path directory)
      throws IOException {
    try (HdfFile file = new HdfFile(fixture.resolve("model.weights.h5"))) {
      float[][] embedding = (float[][]) data(file, "embedding/vars/0");
      float[][] kernel = (float[][]) data(file, "dense/vars/0");
      float[] bias = (float[]) data(file, "dense/vars/1");
      int labels = Math.max(2, bias.length);
      KerasConfig config =
          new KerasConfig(
              attention,
              embedding.length,
              embedding[0].length,
              sequenceLength,
              IntStream.range(0, labels).mapToObj(Integer::toString).toList());
      SafetensorsWriter.write(
          directory.resolve("model.safetensors"),
          List.of(
              matrix("embedding.weight", embedding),
              matrix("dense.weight", transposed(kernel)),
              Parameter.of("dense.bias", Shape.ofSizes(bias.length), bias)));
      Files.writeString(directory.resolve("config.json"), config.toJson().toString());
    }
    Files.copy(fixture.resolve("vocabulary.txt"), directory.resolve("vocabulary.txt"));
  }

  private static Object data(HdfFile file, String path) {
    return file.getDatasetByPath("/layers/" + path).getData();
  }

  private static float[][] transposed(float[][] matrix) {
    float[][] transposed = new float[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < transposed.length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }

  private static Parameter matrix(String name, float[][] rows) {
    int width = rows[0].length;
    float[] values = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * width, width);
    }
    return Parameter.of(name, Shape.ofSizes(rows.length, width), values);
  }
}
