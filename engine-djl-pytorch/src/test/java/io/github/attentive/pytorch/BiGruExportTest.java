package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelExporter;
import io.github.attentive.Padding;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.contract.BiGruModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recurrent classifiers, exported and opened again, give the same, within 1e-6. */
class BiGruExportTest {
  private static final Offset<Float> CLOSE = within(1e-6f);
  private static final List<TextInput> TEXTS =
      Stream.of("the movie was not good", "", "a thin plot", "boring ".repeat(40))
          .map(TextInput::of)
          .toList();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void openedAgainTheyGiveTheSame(Padding padding) throws IOException {
    for (Attention attention : Attention.values()) {
      Path model = BiGruModel.write(folder.resolve("model"), BiGruModel.config(attention, padding));
      ExportedModel written =
          ModelExporter.export(model, ExportFormat.TORCHSCRIPT, folder.resolve("served"));
      assertThat(written.functions()).containsExactly("forward", "explain");
      assertThat(written.inputs())
          .isEqualTo(
              padding == Padding.MASK
                  ? List.of("input_ids", "attention_mask")
                  : List.of("input_ids"));
      try (AttentionExplainer before = AttentionExplainer.load(model);
          AttentionExplainer after =
              AttentionExplainer.load(folder.resolve("served"), ForeignFiles.TRUST)) {
        assertThat(after.labels()).isEqualTo(before.labels());
        assertThat(after.info().maxLength()).isEqualTo(before.info().maxLength());
        List<Explanation> expected = before.explainAll(TEXTS, ExplainOptions.defaults());
        List<Explanation> found = after.explainAll(TEXTS, ExplainOptions.defaults());
        for (int i = 0; i < TEXTS.size(); i++) {
          assertSame(found.get(i), expected.get(i));
        }
      }
    }
  }

  private static void assertSame(Explanation found, Explanation expected) {
    assertThat(found.classification().logits())
        .containsExactly(expected.classification().logits(), CLOSE);
    assertThat(found.attention().shape()).isEqualTo(expected.attention().shape());
    assertThat(found.attention().toArray()).containsExactly(expected.attention().toArray(), CLOSE);
    assertThat(found.positions()).hasSameSizeAs(expected.positions());
    assertThat(found.words()).hasSameSizeAs(expected.words());
  }

  @Test
  void aLimitGoesAlong() throws IOException {
    Path model =
        BiGruModel.write(
            folder.resolve("model"), BiGruModel.config(Attention.FINAL_STATE, Padding.ATTEND));
    ModelExporter.export(
        model,
        ExportFormat.TORCHSCRIPT,
        folder.resolve("served"),
        LoadOptions.builder().maxLength(5).build());
    try (AttentionExplainer after =
        AttentionExplainer.load(folder.resolve("served"), ForeignFiles.TRUST)) {
      assertThat(after.info().maxLength()).isEqualTo(5);
      Explanation explanation = after.explain("the movie was not good");
      assertThat(explanation.classification().truncated()).isTrue();
      assertThat(explanation.positions()).hasSize(24);
    }
  }
}
