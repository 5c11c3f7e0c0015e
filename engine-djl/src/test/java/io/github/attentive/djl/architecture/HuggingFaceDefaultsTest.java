package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.ProblemType;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.text.TokenTypes;
import io.github.attentive.spi.PositionsRead;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is missing from a configuration is what transformers takes it for. */
class HuggingFaceDefaultsTest {
  @TempDir Path folder;
  private Configurations configurations;

  @BeforeEach
  void inFolder() {
    configurations = new Configurations(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "albert, 12, 64, 512, 30000, 0, UNLESS_LEFT_OUT",
    "bert, 12, 12, 512, 30522, 0, UNLESS_LEFT_OUT",
    "deberta-v2, 24, 24, 512, 128100, 0, NONE",
    "distilbert, 6, 12, 512, 30522, 0, NONE",
    "electra, 12, 4, 512, 30522, 0, UNLESS_LEFT_OUT",
    "modernbert, 22, 12, 8192, 50368, 50283, NONE",
    "mpnet, 12, 12, 510, 30527, 1, NONE",
    "roberta, 12, 12, 510, 50265, 1, IF_NAMED",
    "xlm-roberta, 12, 12, 510, 30522, 1, IF_NAMED"
  })
  void sizesOfAnEmptyConfiguration(
      String family,
      int layers,
      int heads,
      int positions,
      int vocabulary,
      int padId,
      TokenTypes tokenTypes) {
    HuggingFaceModel model = configurations.model(family, "");
    assertThat(model.family()).isEqualTo(family);
    assertThat(model.layers()).isEqualTo(layers);
    assertThat(model.heads()).isEqualTo(heads);
    assertThat(model.positions()).isEqualTo(positions);
    assertThat(model.vocabularySize()).isEqualTo(vocabulary);
    assertThat(model.padId()).isEqualTo(padId);
    assertThat(model.tokenTypes()).isEqualTo(tokenTypes);
    assertThat(model.positionsRead()).isEqualTo(PositionsRead.FIRST);
    assertThat(model.labels()).containsExactly("LABEL_0", "LABEL_1");
    assertThat(model.problemType()).isEqualTo(ProblemType.SINGLE_LABEL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "albert|albert.embeddings.word_embeddings.weight[30000, 128]",
        "albert|albert.embeddings.position_embeddings.weight[512, 128]",
        "albert|albert.embeddings.token_type_embeddings.weight[2, 128]",
        "albert|albert.encoder.albert_layer_groups.0.albert_layers.0.ffn.weight[16384, 4096]",
        "bert|bert.embeddings.word_embeddings.weight[30522, 768]",
        "bert|bert.embeddings.position_embeddings.weight[512, 768]",
        "bert|bert.embeddings.token_type_embeddings.weight[2, 768]",
        "bert|bert.encoder.layer.11.intermediate.dense.weight[3072, 768]",
        "bert|classifier.weight[2, 768]",
        "deberta-v2|deberta.embeddings.word_embeddings.weight[128100, 1536]",
        "deberta-v2|deberta.embeddings.position_embeddings.weight[512, 1536]",
        "deberta-v2|deberta.encoder.layer.23.intermediate.dense.weight[6144, 1536]",
        "distilbert|distilbert.embeddings.position_embeddings.weight[512, 768]",
        "distilbert|distilbert.transformer.layer.5.ffn.lin1.weight[3072, 768]",
        "distilbert|pre_classifier.weight[768, 768]",
        "electra|electra.embeddings.word_embeddings.weight[30522, 128]",
        "electra|electra.embeddings_project.weight[256, 128]",
        "electra|electra.encoder.layer.11.intermediate.dense.weight[1024, 256]",
        "modernbert|model.embeddings.tok_embeddings.weight[50368, 768]",
        "modernbert|model.layers.21.mlp.Wi.weight[2304, 768]",
        "modernbert|model.layers.0.attn.Wqkv.weight[2304, 768]",
        "mpnet|mpnet.embeddings.position_embeddings.weight[512, 768]",
        "mpnet|mpnet.encoder.relative_attention_bias.weight[32, 12]",
        "mpnet|mpnet.encoder.layer.11.intermediate.dense.weight[3072, 768]",
        "roberta|roberta.embeddings.word_embeddings.weight[50265, 768]",
        "roberta|roberta.embeddings.position_embeddings.weight[512, 768]",
        "roberta|roberta.encoder.layer.11.intermediate.dense.weight[3072, 768]",
        "xlm-roberta|roberta.embeddings.word_embeddings.weight[30522, 768]",
        "xlm-roberta|classifier.out_proj.weight[2, 768]"
      })
  void weightsOfAnEmptyConfiguration(String family, String weight) {
    assertThat(Configurations.weights(configurations.model(family, ""))).contains(weight);
  }

  @ParameterizedTest
  @CsvSource({
    "albert, 1e-12, GELU_TANH TANH",
    "bert, 1e-12, GELU TANH",
    "deberta-v2, 1e-7, GELU GELU",
    "distilbert, 1e-12, GELU RELU",
    "electra, 1e-12, GELU GELU",
    "modernbert, 1e-5, GELU GELU",
    "mpnet, 1e-12, GELU TANH",
    "roberta, 1e-12, GELU TANH",
    "xlm-roberta, 1e-12, GELU TANH"
  })
  void arithmeticOfAnEmptyConfiguration(String family, double epsilon, String activations) {
    Graph graph = Configurations.graph(configurations.model(family, ""));
    assertThat(operations(graph, Operation.LayerNorm.class))
        .extracting(Operation.LayerNorm::epsilon)
        .isNotEmpty()
        .containsOnly(epsilon);
    List<Activation> all =
        operations(graph, Operation.Activate.class).map(Operation.Activate::activation).toList();
    assertThat(all.get(0) + " " + all.get(all.size() - 1)).isEqualTo(activations);
  }

  private static <T extends Operation> Stream<T> operations(Graph graph, Class<T> type) {
    return graph.function(ModelFunctions.CLASSIFY).steps().stream()
        .map(step -> step.operation())
        .filter(type::isInstance)
        .map(type::cast);
  }

  @Test
  void modernBertHasNoBiasesButThoseAskedFor() {
    assertThat(Configurations.weights(configurations.model("modernbert", "")))
        .filteredOn(weight -> weight.contains(".bias["))
        .containsExactly("classifier.bias[2]");
    String all = "'norm_bias':true,'attention_bias':true,'mlp_bias':true,'classifier_bias':true";
    assertThat(Configurations.weights(configurations.model("modernbert", all)))
        .contains(
            "model.embeddings.norm.bias[768]",
            "model.layers.0.attn.Wqkv.bias[2304]",
            "model.layers.0.attn.Wo.bias[768]",
            "model.layers.21.mlp.Wi.bias[2304]",
            "model.layers.21.mlp.Wo.bias[768]",
            "model.final_norm.bias[768]",
            "head.dense.bias[768]",
            "head.norm.bias[768]");
  }

  @Test
  void debertaWithoutRelativeAttentionHasNoRelativeWeights() {
    assertThat(Configurations.weights(configurations.model("deberta-v2", "")))
        .noneMatch(weight -> weight.contains("rel_embeddings") || weight.contains("pos_"));
    String small = "'hidden_size':8,'num_attention_heads':2,'num_hidden_layers':1,";
    String disentangled = small + "'relative_attention':true,'pos_att_type':'c2p|p2c'";
    assertThat(Configurations.weights(configurations.model("deberta-v2", disentangled)))
        .contains(
            "deberta.encoder.rel_embeddings.weight[1024, 8]",
            "deberta.encoder.layer.0.attention.self.pos_key_proj.weight[8, 8]",
            "deberta.encoder.layer.0.attention.self.pos_query_proj.weight[8, 8]")
        .noneMatch(weight -> weight.startsWith("deberta.encoder.LayerNorm"));
    String buckets =
        disentangled
            + ",'position_buckets':6,'share_att_key':true,'norm_rel_ebd':'x| layer_norm'"
            + ",'position_biased_input':false";
    assertThat(Configurations.weights(configurations.model("deberta-v2", buckets)))
        .contains(
            "deberta.encoder.rel_embeddings.weight[12, 8]", "deberta.encoder.LayerNorm.weight[8]")
        .noneMatch(weight -> weight.contains("pos_") || weight.contains("position_embeddings"));
  }

  @Test
  void albertSharesTheWeightsOfItsGroups() {
    String fields =
        "'hidden_size':8,'num_attention_heads':2,'num_hidden_layers':5,'num_hidden_groups':2,"
            + "'inner_group_num':3";
    HuggingFaceModel model = configurations.model("albert", fields);
    assertThat(model.layers()).isEqualTo(15);
    assertThat(Configurations.weights(model).stream().filter(name -> name.contains(".ffn.weight")))
        .hasSize(6);
    assertThat(Configurations.graph(model).function(ModelFunctions.EXPLAIN).outputs())
        .hasSize(1 + 15);
  }

  @Test
  void meanPoolingReadsEveryPosition() {
    assertThat(configurations.model("modernbert", "'classifier_pooling':'mean'").positionsRead())
        .isEqualTo(PositionsRead.ALL);
    assertThat(configurations.model("modernbert", "'classifier_pooling':'cls'").positionsRead())
        .isEqualTo(PositionsRead.FIRST);
  }
}
