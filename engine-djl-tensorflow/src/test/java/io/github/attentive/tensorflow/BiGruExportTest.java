package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explanation;
import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.ModelExporter;
import io.github.attentive.Padding;
import io.github.attentive.Token;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.contract.BiGruModel;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recurrent classifiers give elsewhere what they give here, within 1e-6. */
class BiGruExportTest {
  private static final Offset<Float> CLOSE = within(1e-6f);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void theSameElsewhere(Padding padding) throws IOException {
    for (Attention attention : Attention.values()) {
      Path model = BiGruModel.write(folder.resolve("model"), BiGruModel.config(attention, padding));
      ExportedModel written =
          ModelExporter.export(model, ExportFormat.SAVED_MODEL, folder.resolve("served"));
      assertThat(written.functions()).containsExactly("classify", "explain");
      assertThat(written.inputs())
          .isEqualTo(
              padding == Padding.MASK
                  ? List.of("input_ids", "attention_mask")
                  : List.of("input_ids"));
      try (AttentionExplainer here = AttentionExplainer.load(model);
          ServedModel there = ServedModel.open(written.path())) {
        Explanation explanation = here.explain("the movie was not good");
        Map<String, HostArray.Floats> served =
            there.run("explain", input -> input(input, explanation));
        assertThat(served.get("logits").values())
            .containsExactly(explanation.classification().logits(), CLOSE);
        assertThat(served.get("attention_0").values())
            .containsExactly(explanation.attention().toArray(), CLOSE);
      }
    }
  }

  private static HostArray.Longs input(String name, Explanation explanation) {
    long[] values = explanation.positions().stream().mapToLong(Token::id).toArray();
    if (name.equals("attention_mask")) {
      Arrays.fill(values, 1);
    }
    return HostArray.Longs.ofRows(List.of(values));
  }
}
