package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong or not supported is refused by the name of its field. */
class HuggingFaceRefusalsTest {
  private static final String ACTIVATIONS =
      "an activation this library has: gelu, gelu_accurate, gelu_fast, gelu_new, gelu_python,"
          + " gelu_python_tanh, gelu_pytorch_tanh, relu, silu, swish, tanh";

  private static final String FAMILIES =
      "albert, bert, deberta-v2, distilbert, electra, modernbert, mpnet, roberta, xlm-roberta";

  @TempDir Path folder;
  private Configurations configurations;

  @BeforeEach
  void inFolder() {
    configurations = new Configurations(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bert|'position_embedding_type':'relative_key'|position_embedding_type"
            + "|\"absolute\", the only one this library reads, got \"relative_key\"",
        "albert|'position_embedding_type':'relative_key_query'|position_embedding_type"
            + "|\"absolute\", the only one this library reads, got \"relative_key_query\"",
        "electra|'position_embedding_type':7|position_embedding_type|a string, got 7",
        "bert|'is_decoder':true|is_decoder|false; an encoder that sees the whole text, got true",
        "xlm-roberta|'is_decoder':true|is_decoder"
            + "|false; an encoder that sees the whole text, got true",
        "roberta|'add_cross_attention':true|add_cross_attention"
            + "|false; an encoder that sees the whole text, got true",
        "bert|'is_decoder':0|is_decoder|true or false, got 0",
        "mpnet|'quantization_config':{'bits':4}|quantization_config"
            + "|no quantisation; save the checkpoint without it, got {\"bits\":4}",
        "distilbert|'pruned_heads':{'0':[1]}|pruned_heads"
            + "|no pruned heads, which this library does not read, got {\"0\":[1]}",
        "bert|'pruned_heads':[]|pruned_heads|an object, got []",
        "bert|'hidden_size':30,'num_attention_heads':4|hidden_size"
            + "|a multiple of num_attention_heads = 4, got 30",
        "distilbert|'dim':30,'n_heads':4|dim|a multiple of n_heads = 4, got 30",
        "modernbert|'hidden_size':30,'num_attention_heads':4|hidden_size"
            + "|a multiple of num_attention_heads = 4, got 30",
        "bert|'layer_norm_eps':0|layer_norm_eps|a number above 0, got 0",
        "bert|'layer_norm_eps':'1e-12'|layer_norm_eps|a number, got \"1e-12\"",
        "bert|'pad_token_id':-1|pad_token_id|a token number of at least 0, got -1",
        "bert|'max_position_embeddings':131073|max_position_embeddings|at most 131072, got 131073",
        "roberta|'max_position_embeddings':2|max_position_embeddings"
            + "|more than 2, where positions begin, got 2",
        "roberta|'max_position_embeddings':6,'pad_token_id':5|max_position_embeddings"
            + "|more than 6, where positions begin, got 6",
        "mpnet|'max_position_embeddings':2|max_position_embeddings"
            + "|more than 2, where positions begin, got 2",
        "albert|'num_hidden_layers':2,'num_hidden_groups':3|num_hidden_groups"
            + "|at most num_hidden_layers = 2, got 3",
        "mpnet|'relative_attention_num_buckets':31|relative_attention_num_buckets"
            + "|at least the 32 in use, got 31"
      })
  void ofSeveralFamilies(String family, String fields, String field, String rest) {
    configurations.assertRefused(family, fields, field, rest);
  }

  @ParameterizedTest
  @CsvSource({
    "albert, hidden_act",
    "bert, hidden_act",
    "deberta-v2, hidden_act",
    "deberta-v2, pooler_hidden_act",
    "distilbert, activation",
    "electra, hidden_act",
    "modernbert, hidden_activation",
    "modernbert, classifier_activation",
    "mpnet, hidden_act",
    "roberta, hidden_act"
  })
  void anUnknownActivation(String family, String field) {
    configurations.assertRefused(
        family, "'%s':'mish'".formatted(field), field, ACTIVATIONS + ", got \"mish\"");
  }

  @ParameterizedTest
  @CsvSource({
    "bert, vocab_size",
    "bert, hidden_size",
    "bert, num_hidden_layers",
    "bert, num_attention_heads",
    "bert, intermediate_size",
    "bert, max_position_embeddings",
    "bert, type_vocab_size",
    "albert, embedding_size",
    "albert, inner_group_num",
    "electra, embedding_size",
    "distilbert, dim",
    "distilbert, n_layers",
    "distilbert, n_heads",
    "distilbert, hidden_dim"
  })
  void aSizeBelowOneOrOfAnotherKind(String family, String field) {
    for (String value : new String[] {"0", "-3", "1.5", "\"8\"", "true", "[8]", "4294967296"}) {
      configurations.assertRefused(
          family,
          "'%s':%s".formatted(field, value),
          field,
          "a whole number of at least 1, got " + value);
    }
  }

  @Test
  void anUnknownFamily() {
    configurations.assertRefused("gpt2", "", "model_type", "one of " + FAMILIES + ", got \"gpt2\"");
    assertThat(String.join(", ", HuggingFaceModel.families())).isEqualTo(FAMILIES);
    assertThat(HuggingFaceModel.families()).allMatch(HuggingFaceModel::knows);
    assertThat(HuggingFaceModel.knows("BERT")).isFalse();
  }

  @Test
  void aModelThatClassifiesNothing() {
    String head =
        "a model with a classification head, ...ForSequenceClassification; "
            + HeadlessCheckpoint.REMEDY;
    configurations.assertRefused(
        "bert",
        "'architectures':['BertForMaskedLM','BertModel']",
        "architectures",
        head + ", got [\"BertForMaskedLM\",\"BertModel\"]");
    configurations.assertRefused(
        "bert",
        "'architectures':'BertModel'",
        "architectures",
        "a list of strings, got \"BertModel\"");
    for (String fine :
        new String[] {
          "'architectures':['BertModel','BertForSequenceClassification']",
          "'architectures':[]",
          "'architectures':null"
        }) {
      assertThat(configurations.model("bert", fine).family()).isEqualTo("bert");
    }
  }

  @Test
  void whatChangesNothingIsAccepted() {
    assertThat(
            configurations
                .model(
                    "bert",
                    "'position_embedding_type':'absolute','is_decoder':false,"
                        + "'add_cross_attention':null,'pruned_heads':{},'quantization_config':null,"
                        + "'hidden_act':'swish','unheard_of':[1]")
                .layers())
        .isEqualTo(12);
    configurations.model("mpnet", "'relative_attention_num_buckets':64");
  }
}
