package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.text.TokenTypes;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many positions a family really has, and which token types it is given. */
class HuggingFacePositionsTest {
  @TempDir Path folder;
  private Configurations configurations;

  @BeforeEach
  void inFolder() {
    configurations = new Configurations(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "albert, 34",
    "bert, 34",
    "deberta-v2, 34",
    "distilbert, 34",
    "electra, 34",
    "modernbert, 34",
    "mpnet, 32",
    "roberta, 32",
    "xlm-roberta, 32"
  })
  void countedPositionsBeginTwoLater(String family, int expected) {
    HuggingFaceModel model = configurations.model(family, "'max_position_embeddings':34");
    assertThat(model.positions()).isEqualTo(expected);
  }

  @Test
  void robertaCountsFromItsPaddingOn() {
    String padded = "'max_position_embeddings':34,'pad_token_id':%s";
    assertThat(configurations.model("roberta", padded.formatted(0)).positions()).isEqualTo(33);
    assertThat(configurations.model("xlm-roberta", padded.formatted(5)).positions()).isEqualTo(28);
    assertThat(configurations.model("roberta", "'max_position_embeddings':3").positions()).isOne();
  }

  @Test
  void mpNetCountsFromTwoWhateverItsPadding() {
    HuggingFaceModel model =
        configurations.model("mpnet", "'max_position_embeddings':34,'pad_token_id':7");
    assertThat(model.positions()).isEqualTo(32);
    assertThat(model.padId()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "albert, 1, NONE",
    "albert, 3, UNLESS_LEFT_OUT",
    "bert, 1, NONE",
    "bert, 2, UNLESS_LEFT_OUT",
    "deberta-v2, 0, NONE",
    "deberta-v2, 1, NONE",
    "deberta-v2, 2, UNLESS_LEFT_OUT",
    "electra, 1, NONE",
    "roberta, 1, NONE",
    "roberta, 2, IF_NAMED",
    "xlm-roberta, 1, NONE",
    "mpnet, 2, NONE",
    "distilbert, 2, NONE",
    "modernbert, 2, NONE"
  })
  void tokenTypesAreAskedForWhereThereAreTwo(String family, int rows, TokenTypes expected) {
    HuggingFaceModel model = configurations.model(family, "'type_vocab_size':" + rows);
    assertThat(model.tokenTypes()).isEqualTo(expected);
    assertThat(Configurations.graph(model).function(ModelFunctions.CLASSIFY).inputs())
        .extracting(input -> input.name())
        .containsExactly(
            expected == TokenTypes.NONE
                ? new String[] {"input_ids", "attention_mask"}
                : new String[] {"input_ids", "attention_mask", "token_type_ids"});
  }
}
