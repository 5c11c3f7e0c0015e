package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DeBERTa and ModernBERT have fields of their own for, and refuse by their names. */
class RelativeFamiliesRefusalsTest {
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
        "'conv_groups':2|conv_groups|1, the only one this library reads, got 2",
        "'conv_kernel_size':4|conv_kernel_size|an odd width, got 4",
        "'pooler_hidden_size':5|pooler_hidden_size|1536, the only one this library reads, got 5",
        "'attention_head_size':5|attention_head_size|64, the only one this library reads, got 5",
        "'pos_att_type':['p2p']|pos_att_type|c2p, p2c, both or none, got [\"p2p\"]",
        "'pos_att_type':7|pos_att_type|a list of strings, got 7",
        "'position_buckets':1|position_buckets"
            + "|from 2 to below twice the relative positions, or -1, got 1",
        "'position_buckets':8,'max_relative_positions':5|position_buckets"
            + "|from 2 to below twice the relative positions, or -1, got 8",
        "'position_buckets':8,'max_position_embeddings':5|position_buckets"
            + "|from 2 to below twice the relative positions, or -1, got 8",
        "'type_vocab_size':-1|type_vocab_size|a number of at least 0, got -1",
        "'relative_attention':1|relative_attention|true or false, got 1",
        "'position_biased_input':'no'|position_biased_input|true or false, got \"no\"",
        "'norm_rel_ebd':true|norm_rel_ebd|a string, got true"
      })
  void ofDeberta(String fields, String field, String rest) {
    configurations.assertRefused("deberta-v2", fields, field, rest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'rope_parameters':{'full_attention':{'rope_type':'yarn'}}"
            + "|rope_parameters.full_attention.rope_type"
            + "|default, the only one this library reads, got \"yarn\"",
        "'rope_parameters':{'sliding_attention':{'rope_type':'linear'}}"
            + "|rope_parameters.sliding_attention.rope_type"
            + "|default, the only one this library reads, got \"linear\"",
        "'rope_scaling':{'type':'linear','factor':2}|rope_scaling"
            + "|none, the only one this library reads, got {\"type\":\"linear\",\"factor\":2}",
        "'global_rope_theta':0|global_rope_theta|a number above 0, got 0",
        "'local_rope_theta':-1|local_rope_theta|a number above 0, got -1",
        "'num_hidden_layers':1,'layer_types':['chunked_attention']|layer_types"
            + "|each full_attention or sliding_attention, got [\"chunked_attention\"]",
        "'num_hidden_layers':2,'layer_types':['full_attention']|layer_types"
            + "|one for each of 2 layers, got [\"full_attention\"]",
        "'layer_types':'full_attention'|layer_types|a list of strings, got \"full_attention\"",
        "'classifier_pooling':'max'|classifier_pooling|cls or mean, got \"max\"",
        "'hidden_size':12,'num_attention_heads':4|hidden_size"
            + "|an even number for each of the heads, got 12",
        "'local_attention':0|local_attention|a whole number of at least 1, got 0",
        "'global_attn_every_n_layers':0|global_attn_every_n_layers"
            + "|a whole number of at least 1, got 0",
        "'norm_eps':-1|norm_eps|a number above 0, got -1"
      })
  void ofModernBert(String fields, String field, String rest) {
    configurations.assertRefused("modernbert", fields, field, rest);
  }

  @Test
  void theConvolutionsActivationMattersOnlyWithAConvolution() {
    assertThat(configurations.model("deberta-v2", "'conv_act':'mish'").layers()).isEqualTo(24);
    configurations.assertRefused(
        "deberta-v2",
        "'conv_act':'mish','conv_kernel_size':3",
        "conv_act",
        "an activation this library has: gelu, gelu_accurate, gelu_fast, gelu_new, gelu_python,"
            + " gelu_python_tanh, gelu_pytorch_tanh, relu, silu, swish, tanh, got \"mish\"");
  }

  @Test
  void anUnknownTermBetweenBars() {
    configurations.assertRefused(
        "deberta-v2",
        "'pos_att_type':'c2p|p2p'",
        "pos_att_type",
        "c2p, p2c, both or none, got \"c2p|p2p\"");
  }

  @Test
  void modernBertTakesNullForAbsent() {
    String fields = "'rope_scaling':null,'local_rope_theta':null,'rope_parameters':null";
    assertThat(configurations.model("modernbert", fields).layers()).isEqualTo(22);
  }

  @Test
  void whatChangesNothingInDeberta() {
    assertThat(
            configurations
                .model(
                    "deberta-v2",
                    "'conv_groups':1,'conv_kernel_size':0,'pos_att_type':null,"
                        + "'position_buckets':-1,'max_relative_positions':-1,"
                        + "'attention_head_size':64,'pooler_hidden_size':1536")
                .layers())
        .isEqualTo(24);
    for (String terms : new String[] {"'C2P | p2c'", "''", "['p2c','c2p']", "[]"}) {
      configurations.model("deberta-v2", "'pos_att_type':" + terms);
    }
    for (int buckets : new int[] {0, 2, 3, 9, 1022 - 1}) {
      configurations.model("deberta-v2", "'position_buckets':" + buckets);
    }
    configurations.model("deberta-v2", "'position_buckets':8,'max_relative_positions':6");
  }
}
