package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.translate.TranslateException;
import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.ModelExporter;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.contract.HuggingFaceGolden;
import io.github.attentive.djl.runtime.HostArray;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What is exported gives, to a host that knows DJL only, what transformers gave: logits within
 * 2e-5, attentions within 1e-5.
 */
class TorchScriptExportGoldenTest {
  private static final Offset<Float> LOGITS = within(2e-5f);
  private static final double ATTENTIONS = 1e-5;
  private static final List<String> INPUTS =
      List.of("input_ids", "attention_mask", "token_type_ids");

  @SuppressWarnings("unused")
  private static final List<String> FAMILIES = SharedFixtures.HUGGING_FACE;

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void logitsAndAttentionsAreThoseOfTransformers(String family) throws Exception {
    HuggingFaceGolden golden = HuggingFaceGolden.of(family);
    Path file = folder.resolve("served.pt");
    ExportedModel written =
        ModelExporter.export(golden.directory(), ExportFormat.TORCHSCRIPT, file);
    assertThat(written.path()).isEqualTo(file);
    assertThat(written.functions()).containsExactly("forward", "explain");
    assertThat(INPUTS).startsWith(written.inputs().toArray(String[]::new));
    try (ServedModel served = ServedModel.open(file)) {
      int texts = golden.json().getAsJsonArray("texts").size();
      for (int text = 0; text < texts; text++) {
        assertText(golden, served, written.inputs(), text);
      }
      assertBatch(golden, served, written.inputs());
    }
  }

  private static List<HostArray.Longs> inputs(
      HuggingFaceGolden golden, List<String> names, String text) {
    return names.stream().map(name -> longs(golden.tensors().get(text + "/" + name))).toList();
  }

  private static HostArray.Longs longs(StoredTensor tensor) {
    long[] sizes = tensor.sizes();
    return new HostArray.Longs(
        sizes.length == 2 ? sizes : new long[] {1, sizes[0]}, tensor.integers());
  }

  private static void assertText(
      HuggingFaceGolden golden, ServedModel served, List<String> names, int text)
      throws TranslateException {
    List<HostArray.Longs> inputs = inputs(golden, names, Integer.toString(text));
    float[] logits = golden.logits(text);
    assertThat(served.forward(inputs).values()).containsExactly(logits, LOGITS);
    List<HostArray.Floats> explained = served.explain(inputs);
    assertThat(explained.get(0).values()).containsExactly(logits, LOGITS);
    assertThat(worst(explained, golden.attentions(text), inputs.get(1)))
        .isLessThanOrEqualTo(ATTENTIONS);
  }

  /** Of all layers, one after the other; the rows of padding mean nothing. */
  private static double worst(
      List<HostArray.Floats> explained, float[] expected, HostArray.Longs mask) {
    double worst = 0;
    int from = 0;
    for (HostArray.Floats layer : explained.subList(1, explained.size())) {
      int heads = (int) layer.shape()[1];
      int length = (int) layer.shape()[3];
      for (int i = 0; i < layer.values().length; i++) {
        int text = i / (heads * length * length);
        int query = i / length % length;
        if (mask.values()[text * length + query] == 1) {
          worst = Math.max(worst, Math.abs((double) layer.values()[i] - expected[from + i]));
        }
      }
      from += layer.values().length;
    }
    assertThat(from).isEqualTo(expected.length);
    return worst;
  }

  private static void assertBatch(HuggingFaceGolden golden, ServedModel served, List<String> names)
      throws TranslateException {
    List<HostArray.Longs> inputs = inputs(golden, names, "batch");
    float[] logits = golden.tensors().get("batch/logits").parameter().values();
    assertThat(served.forward(inputs).values()).containsExactly(logits, LOGITS);
    List<HostArray.Floats> explained = served.explain(inputs);
    assertThat(explained.get(0).values()).containsExactly(logits, LOGITS);
    float[] attentions = golden.tensors().get("batch/attentions").parameter().values();
    assertThat(worst(explained, attentions, inputs.get(1))).isLessThanOrEqualTo(ATTENTIONS);
  }
}
