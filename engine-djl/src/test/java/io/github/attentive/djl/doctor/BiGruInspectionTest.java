package io.github.attentive.djl.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.Finding;
import io.github.attentive.Finding.Severity;
import io.github.attentive.LoadOptions;
import io.github.attentive.Padding;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.contract.BiGruModel;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BiGruInspectionTest {
  @TempDir Path folder;

  private List<Finding> findings() {
    return DirectoryInspection.of(folder, LoadOptions.defaults());
  }

  private List<Finding> findings(Severity severity) {
    return findings().stream().filter(finding -> finding.severity() == severity).toList();
  }

  private void edit(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to));
  }

  @Test
  void aHealthyDirectory() throws IOException {
    BiGruModel.write(folder, BiGruModel.config(Attention.FINAL_STATE, Padding.MASK));
    assertThat(findings())
        .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.OK))
        .extracting(finding -> finding.subject() + ": " + finding.text())
        .containsExactly(
            "configuration: attentive-bigru, attention by the last states, states of 6 numbers, 64"
                + " tokens of 8 numbers, at most 24 positions",
            "padding: the model does not see padding",
            "labels: one applies of bad, fair, good",
            "numbers: every weight is finite, and no matrix is all zeros",
            "tokenizer: tokenizer.json: 53 tokens, the model has rows for 64",
            "unknown words: 4 of the 11 tokens of a plain English sentence",
            "length: texts are cut to 24 tokens (positions of the model: 24, model_max_length of"
                + " the tokenizer: none)");
  }

  @Test
  void paddingThatIsReadIsSaid() throws IOException {
    BiGruModel.write(folder, BiGruModel.config(Attention.QUERY_FREE, Padding.ATTEND));
    assertThat(findings())
        .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.OK))
        .extracting(Finding::text)
        .contains(
            "attentive-bigru, attention without a query, states of 6 numbers, 64 tokens of 8"
                + " numbers, at most 24 positions",
            "every text is padded to 24 positions, which the model reads as any other token");
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"pad_token\": \"[SEP]\"}");
    assertThat(findings(Severity.WARNING))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo("padding");
              assertThat(finding.text())
                  .isEqualTo("the tokenizer pads with token 3, models of this family with 0");
            });
  }

  @Test
  void eachBrokenFileIsNamed() throws IOException {
    BiGruModel.write(folder, BiGruModel.config(Attention.FINAL_STATE, Padding.MASK));
    edit("config.json", "\"mask\"", "\"ignore\"");
    Files.delete(folder.resolve("model.safetensors"));
    Files.delete(folder.resolve("tokenizer.json"));
    assertThat(findings())
        .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.PROBLEM))
        .extracting(Finding::subject)
        .containsExactly("configuration", "weights", "tokenizer");
  }

  @Test
  void numbersAndTokensAreChecked() throws IOException {
    BiGruConfig config = BiGruModel.config(Attention.FINAL_STATE, Padding.MASK);
    BiGruModel.write(folder, config);
    Map<String, Parameter> weights = BiGruModel.weights(config);
    Parameter bias = weights.get("fc1.bias");
    float[] values = bias.values();
    values[3] = Float.NaN;
    weights.put(bias.name(), Parameter.of(bias.name(), bias.shape(), values));
    BiGruModel.writeWeights(folder, new ArrayList<>(weights.values()));
    edit("tokenizer.json", "\"good\":9", "\"good\":64");
    assertThat(findings(Severity.PROBLEM))
        .extracting(Finding::text)
        .satisfiesExactly(
            numbers -> assertThat(numbers).contains("'fc1.bias' (1 of 6)"),
            tokens -> assertThat(tokens).contains("has tokens up to number 64"));
  }
}
