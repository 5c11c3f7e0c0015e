package io.github.attentive.djl.checkpoint;

import static io.github.attentive.djl.checkpoint.SafetensorsFile.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good files cut, grown and flipped give a refusal, or tensors that fit the file. */
class SafetensorsDamageTest {
  private static final int FUZZED_FILES = 3000;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.safetensors");
  }

  /** All types, with a scalar and an axis of size 0. */
  private static byte[] smallFile() {
    return SafetensorsFile.of(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + entry("a", "[2,1]", "[0,8]")
                + ","
                + entry("b", "F16", "[3]", "[8,14]")
                + ","
                + entry("c", "I32", "[]", "[14,18]")
                + ","
                + entry("d", "BF16", "[0]", "[18,18]")
                + "}",
            18)
        .bytes();
  }

  @Test
  void truncationAtEveryByteIsRefused() throws IOException {
    byte[] good = smallFile();
    Files.write(file, good);
    assertThat(isRefused(good)).isFalse();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      Files.write(file, cut);
      assertThat(isRefused(cut)).as("first %s bytes", length).isTrue();
    }
  }

  @Test
  void everySingleFlippedBitIsARefusalOrAWellFormedResult() {
    byte[] good = smallFile();
    int[] refused = new int[1];
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bad);
            refused[0] += isRefused(bad) ? 1 : 0;
          }
        });
    assertThat(refused[0]).isBetween(good.length * 4, good.length * 8 - 18 * 8);
  }

  /** Any flip, cut or growth of a good file gives a refusal, or tensors that fit the file. */
  @Test
  void anyDamageIsARefusalOrAWellFormedResult() throws IOException {
    SafetensorsWriter.write(
        file,
        List.of(
            Parameter.of("embedding.weight", Shape.ofSizes(5, 4), new float[20]),
            Parameter.of("dense.bias", Shape.ofSizes(3), new float[] {1, 2, 3})));
    byte[] good = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(42);
    int[] refused = new int[1];
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < FUZZED_FILES; i++) {
            byte[] bad = damaged(good, random);
            Files.write(file, bad);
            refused[0] += isRefused(bad) ? 1 : 0;
          }
        });
    // Were all refused or none, the fuzz would show nothing.
    assertThat(refused[0]).isBetween(FUZZED_FILES / 2, FUZZED_FILES - FUZZED_FILES / 20);
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    byte[] bad = good.clone();
    switch (random.nextInt(4)) {
      case 0 -> bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      case 1 -> bad = Arrays.copyOf(bad, bad.length + 1 + random.nextInt(64));
      case 2 -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      default -> {
        int at = random.nextInt(bad.length);
        String soup = "{}[],:\"\\0123456789-eE. x";
        for (int i = at; i < Math.min(at + 3, bad.length); i++) {
          bad[i] = (byte) soup.charAt(random.nextInt(soup.length()));
        }
      }
    }
    return bad;
  }

  /** A file is refused, or all its bytes are its tensors'. */
  private boolean isRefused(byte[] content) {
    try {
      long bytes = 0;
      for (StoredTensor tensor : Safetensors.read(file).values()) {
        bytes += tensor.bytes().remaining();
        use(tensor);
      }
      assertThat(bytes).isLessThan(content.length);
      return false;
    } catch (ModelLoadException e) {
      assertThat(e).hasMessageStartingWith(file + ": ");
      return true;
    }
  }

  /** A well-formed tensor may still be none that can be used. */
  private void use(StoredTensor tensor) {
    try {
      if (tensor.type().isInteger()) {
        assertThat(tensor.integers()).hasSize((int) tensor.elements());
      } else {
        assertThat(tensor.parameter().values()).hasSize((int) tensor.elements());
      }
    } catch (ModelLoadException e) {
      assertThat(e).hasMessageStartingWith(file + ": tensor '" + tensor.name() + "': expected ");
    }
  }
}
