package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Padding;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.checkpoint.JsonFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BiGruConfigTest {
  private static final String WHOLE =
      """
      {"model_type":"attentive-bigru","attention":"final-state","vocab_size":260,\
      "embedding_dim":9,"hidden_size":7,"num_labels":2,\
      "id2label":{"0":"negative","1":"positive"},"padding":"attend","max_length":128}""";

  private static JsonFile json(String text) {
    return JsonFile.of(Path.of("config.json"), text);
  }

  private static void assertRefused(String text, String... says) {
    assertThatThrownBy(() -> BiGruConfig.of(json(text)))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith("config.json: field ")
        .satisfies(e -> assertThat(says).allMatch(part -> e.getMessage().contains(part)));
  }

  @Test
  void isReadAsItIsWritten() {
    BiGruConfig config = BiGruConfig.of(json(WHOLE));
    assertThat(config)
        .isEqualTo(
            new BiGruConfig(
                Attention.FINAL_STATE,
                260,
                9,
                7,
                List.of("negative", "positive"),
                Padding.ATTEND,
                128));
    assertThat(config.toJson()).isEqualTo(JsonParser.parseString(WHOLE));
    for (Attention attention : Attention.values()) {
      for (Padding padding : Padding.values()) {
        BiGruConfig other = new BiGruConfig(attention, 2, 3, 4, List.of("a", "b"), padding, 5);
        assertThat(BiGruConfig.of(json(other.toJson().toString()))).isEqualTo(other);
        assertThat(BiGruConfig.isIn(json(other.toJson().toString()))).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "final-state|dot|'attention': expected final-state or query-free, got \"dot\"",
        "attend|none|'padding': expected mask or attend, got \"none\"",
        "128|0|'max_length': expected a whole number of at least 1",
        "128|16385|'max_length': expected at most 16384, got 16385",
        ":260|:-1|'vocab_size'",
        ":7|:7.5|'hidden_size'",
        "\"num_labels\":2|\"num_labels\":3|'id2label': expected a name for each of num_labels = 3",
        "positive|negative|'id2label': expected different names",
        "num_labels|problem_type|'problem_type': expected no such field"
      })
  void wrongFieldsAreNamed(String from, String to, String says) {
    assertRefused(WHOLE.replace(from, to), says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attention",
        "vocab_size",
        "embedding_dim",
        "hidden_size",
        "num_labels",
        "id2label",
        "padding",
        "max_length"
      })
  void everyFieldMustBeThere(String field) {
    JsonObject fields = JsonParser.parseString(WHOLE).getAsJsonObject();
    fields.remove(field);
    assertRefused(fields.toString(), "'" + field + "'", "got nothing");
  }

  @Test
  void theProgramThatTheFamilyIsFromIsKnownByItsArchitecture() {
    JsonFile json = JsonFile.read(SharedFixtures.path("bigru_author/config.json"));
    assertThat(BiGruConfig.isIn(json)).isTrue();
    assertThat(BiGruConfig.of(json))
        .isEqualTo(
            new BiGruConfig(
                Attention.FINAL_STATE,
                260,
                9,
                7,
                List.of("negative", "positive"),
                Padding.MASK,
                512));
  }

  @Test
  void otherShapesOfThatProgramAreRefused() {
    String own =
        """
        {"architecture":"bigru_additive_attention_final_state_query","vocab_size":260,\
        "embedding_dim":9,"hidden_size":7,"num_labels":2,"padding":"attend","max_length":9,\
        "id2label":{"0":"negative","1":"positive"},"gru_layers":1,"bidirectional":true,\
        "padding_idx":0}""";
    assertThat(BiGruConfig.of(json(own)).padding()).isEqualTo(Padding.ATTEND);
    assertThat(BiGruConfig.of(json(own)).maxLength()).isEqualTo(9);
    assertRefused(own.replace("gru_layers\":1", "gru_layers\":2"), "'gru_layers': expected 1");
    assertRefused(own.replace(":true", ":false"), "'bidirectional': expected true");
    assertRefused(own.replace("padding_idx\":0", "padding_idx\":1"), "'padding_idx': expected 0");
    assertRefused(own.replace("attend", "ignore"), "'padding': expected mask or attend");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model_type\":\"bert\"}",
        "{\"model_type\":7}",
        "{\"architecture\":7}",
        "{\"architecture\":\"bigru\"}",
        "{\"model_type\":\"bert\",\"architecture\":\"bigru_additive_attention_final_state_query\"}"
      })
  void otherFamiliesAreNot(String text) {
    assertThat(BiGruConfig.isIn(json(text))).isFalse();
  }
}
