package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.ExportFormat;
import io.github.attentive.ModelExporter;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.contract.HuggingFaceGolden;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What is exported gives, to a host that reads its signatures, what transformers gave: logits
 * within 2e-5, attentions within 1e-5.
 */
class SavedModelExportGoldenTest {
  private static final Offset<Float> LOGITS = within(2e-5f);
  private static final double ATTENTIONS = 1e-5;

  @SuppressWarnings("unused")
  private static final List<String> FAMILIES = SharedFixtures.HUGGING_FACE;

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void logitsAndAttentionsAreThoseOfTransformers(String family) throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of(family);
    Path out =
        ModelExporter.export(golden.directory(), ExportFormat.SAVED_MODEL, folder.resolve("out"))
            .path();
    try (ServedModel served = ServedModel.open(out)) {
      int texts = golden.json().getAsJsonArray("texts").size();
      Stream<String> all =
          Stream.concat(IntStream.range(0, texts).mapToObj(String::valueOf), Stream.of("batch"));
      for (String text : all.toList()) {
        assertText(golden.tensors(), served, text);
      }
    }
  }

  private static void assertText(
      Map<String, StoredTensor> golden, ServedModel served, String text) {
    float[] logits = golden.get(text + "/logits").parameter().values();
    for (String signature : List.of("classify", "serving_default")) {
      assertThat(run(golden, served, signature, text)).containsOnlyKeys("logits");
      assertThat(run(golden, served, signature, text).get("logits").values())
          .containsExactly(logits, LOGITS);
    }
    Map<String, HostArray.Floats> explained = run(golden, served, "explain", text);
    assertThat(explained.remove("logits").values()).containsExactly(logits, LOGITS);
    assertThat(worst(explained, golden, text)).as(text).isLessThanOrEqualTo(ATTENTIONS);
  }

  private static Map<String, HostArray.Floats> run(
      Map<String, StoredTensor> golden, ServedModel served, String name, String text) {
    return served.run(name, input -> longs(golden.get(text + "/" + input)));
  }

  private static HostArray.Longs longs(StoredTensor tensor) {
    long[] sizes = tensor.sizes();
    return new HostArray.Longs(
        sizes.length == 2 ? sizes : new long[] {1, sizes[0]}, tensor.integers());
  }

  /** Of all layers, one after the other; the rows of padding mean nothing. */
  private static double worst(
      Map<String, HostArray.Floats> explained, Map<String, StoredTensor> golden, String text) {
    float[] expected = golden.get(text + "/attentions").parameter().values();
    long[] mask = golden.get(text + "/attention_mask").integers();
    double worst = 0;
    int from = 0;
    for (int layer = 0; layer < explained.size(); layer++) {
      HostArray.Floats weights = explained.get("attention_" + layer);
      int heads = (int) weights.shape()[1];
      int length = (int) weights.shape()[3];
      for (int i = 0; i < weights.values().length; i++) {
        int row = i / (heads * length * length);
        int query = i / length % length;
        if (mask[row * length + query] == 1) {
          worst = Math.max(worst, Math.abs((double) weights.values()[i] - expected[from + i]));
        }
      }
      from += weights.values().length;
    }
    assertThat(from).isEqualTo(expected.length);
    return worst;
  }
}
