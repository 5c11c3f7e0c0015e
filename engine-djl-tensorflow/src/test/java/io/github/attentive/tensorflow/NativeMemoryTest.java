package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.contract.ChildJvm;
import io.github.attentive.djl.contract.RepeatedCalls;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is TensorFlow's goes back to it, whatever a call came to. */
class NativeMemoryTest {
  /** 20,000 words of 64 numbers are 5 MB: sixty lost models are 300 MB. */
  private static final int WORDS = 20_000;

  private static final int NUMBERS = 64;

  /** JavaCPP frees what was forgotten when the garbage collector finds it, which hides it. */
  private static final List<String> NO_FREEING_BY_COLLECTION =
      List.of("-Dorg.bytedeco.javacpp.nopointergc=true");

  @TempDir Path folder;

  private static Parameter random(String name, long... sizes) {
    Shape shape = Shape.ofSizes(sizes);
    float[] values = new float[Math.toIntExact(shape.elements())];
    Random random = new Random(values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() / NUMBERS;
    }
    return Parameter.of(name, shape, values);
  }

  private Path model() throws IOException {
    KerasConfig config =
        new KerasConfig(true, WORDS, NUMBERS, RepeatedCalls.LENGTH, List.of("no", "yes"));
    Files.writeString(folder.resolve("config.json"), config.toJson().toString());
    Files.writeString(folder.resolve("vocabulary.txt"), "\n[UNK]\nthe\nmovie\nwas\n");
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        List.of(
            random("embedding.weight", WORDS, NUMBERS),
            random("dense.weight", 1, NUMBERS),
            random("dense.bias", 1)));
    return folder;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thousandsOfCallsAndManyModelsLeaveNothingBehind() throws IOException, InterruptedException {
    Map<String, Long> held = new HashMap<>();
    List<String> lines =
        new ChildJvm(LeakMain.class, folder)
            .options(RepeatedCalls.FIXED_HEAP)
            .options(NO_FREEING_BY_COLLECTION)
            .run(model().toString())
            .out();
    for (String line : lines) {
      String[] fields = line.split(" ");
      held.put(fields[0], Long.parseLong(fields[1]));
    }
    assertThat(held).containsOnlyKeys("before", "after", "closed", "reopened");
    assertThat(held.get("after") - held.get("before"))
        .as("MB of calls")
        .isLessThan(RepeatedCalls.MEGABYTES);
    assertThat(held.get("reopened") - held.get("closed"))
        .as("MB of models")
        .isLessThan(RepeatedCalls.MEGABYTES);
  }
}
