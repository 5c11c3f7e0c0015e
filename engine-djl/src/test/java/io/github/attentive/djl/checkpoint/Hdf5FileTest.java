package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.graph.Shape;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups, attributes and arrays of an HDF5 file in memory. */
class Hdf5FileTest {
  private static final Path SOURCE = Path.of("m.h5");

  @TempDir Path folder;

  private byte[] written() throws IOException {
    Path file = folder.resolve("w.h5");
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      hdf5.putAttribute("one", "text");
      hdf5.putAttribute("number", 7);
      WritableGroup group = hdf5.putGroup("layers");
      group.putAttribute("names", new String[] {"a", "bc", ""});
      group.putDataset("matrix", new float[][] {{1, 2, 3}, {4, 5, 6}});
      group.putDataset("doubles", new double[] {0.1, -2});
      group.putDataset("scalar", 2.5f);
      group.putDataset("whole", new int[] {1, 2});
      group.putGroup("inner").putDataset("0", new float[] {-1});
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  @Test
  void arraysAreFloatsOfTheirShape() throws IOException {
    try (Hdf5File file = Hdf5File.of(SOURCE, written())) {
      Hdf5File.Floats matrix = file.floats("layers/matrix").orElseThrow();
      assertThat(matrix.shape()).isEqualTo(Shape.ofSizes(2, 3));
      assertThat(matrix.values()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(file.floats("layers/doubles").orElseThrow().values()).containsExactly(0.1f, -2);
      Hdf5File.Floats scalar = file.floats("layers/scalar").orElseThrow();
      assertThat(scalar.shape()).isEqualTo(Shape.of());
      assertThat(scalar.values()).containsExactly(2.5f);
      assertThat(file.floats("/layers//inner/0").orElseThrow().values()).containsExactly(-1);
      for (String none : List.of("layers", "layers/none", "none/matrix", "layers/matrix/0", "")) {
        assertThat(file.floats(none)).as(none).isEmpty();
      }
      assertThatThrownBy(() -> file.floats("layers/whole"))
          .isInstanceOf(ModelLoadException.class)
          .hasMessage("m.h5: array '/layers/whole': expected 32-bit floats, got int");
    }
  }

  @Test
  void groupsHaveMembersAndTexts() throws IOException {
    try (Hdf5File file = Hdf5File.of(SOURCE, written())) {
      assertThat(file.members("layers"))
          .containsExactlyInAnyOrder("matrix", "doubles", "scalar", "whole", "inner");
      assertThat(file.members("layers/matrix")).isEmpty();
      assertThat(file.members("none")).isEmpty();
      assertThat(file.texts("", "one")).hasValue(List.of("text"));
      assertThat(file.texts("layers", "names")).hasValue(List.of("a", "bc", ""));
      assertThat(file.texts("", "number")).isEmpty();
      assertThat(file.texts("", "none")).isEmpty();
      assertThat(file.texts("none", "one")).isEmpty();
    }
  }

  /** As Keras's own library writes it. */
  @Test
  void weightsOfKeras() throws IOException {
    byte[] bytes = Files.readAllBytes(SharedFixtures.path("keras/v_bigru_mask/model.weights.h5"));
    try (Hdf5File file = Hdf5File.of(SOURCE, bytes)) {
      assertThat(file.members("layers")).contains("embedding", "bidirectional");
      assertThat(file.floats("layers/embedding/vars/0").orElseThrow().shape().rank()).isEqualTo(2);
    }
  }

  @Test
  void whatIsNoHdf5() {
    for (byte[] content :
        new byte[][] {{}, {1, 2, 3}, new byte[4096], {(byte) 0x89, 'H', 'D', 'F'}}) {
      assertThatThrownBy(() -> Hdf5File.of(SOURCE, content))
          .isInstanceOf(ModelLoadException.class)
          .hasMessageStartingWith("m.h5: the file: expected an HDF5 file that is whole, got: ")
          .hasMessageEndingWith("; copy the file again");
    }
  }

  @Test
  void whatWasCutShort() throws IOException {
    byte[] whole = Files.readAllBytes(SharedFixtures.path("keras/v_bigru_mask/model.weights.h5"));
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThatThrownBy(() -> Hdf5File.of(SOURCE, cut))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(
            "m.h5: expected an HDF5 file of %s bytes, got %s: it was cut short; copy the file again"
                .formatted(whole.length, cut.length));
    for (int length = 0; length < whole.length; length += 97) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Hdf5File.of(SOURCE, part).close())
          .as("%s bytes", length)
          .isInstanceOf(ModelLoadException.class);
    }
  }
}
