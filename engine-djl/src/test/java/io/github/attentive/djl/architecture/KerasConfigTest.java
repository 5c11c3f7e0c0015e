package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasConfigTest {
  private static final KerasConfig TWO =
      new KerasConfig(true, 100, 16, 5, List.of("negative", "positive"));
  private static final KerasConfig THREE =
      new KerasConfig(false, 7, 2, 20, List.of("0", "überall", "\"2\""));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("config.json");
  }

  private KerasConfig read(JsonObject json) throws IOException {
    Files.writeString(file, json.toString());
    return KerasConfig.of(JsonFile.read(file));
  }

  private void assertRefused(JsonObject json, String field) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(file + ": field '" + field + "': expected ");
  }

  @Test
  void readsWhatItWrites() throws IOException {
    assertThat(read(TWO.toJson())).isEqualTo(TWO);
    assertThat(read(THREE.toJson())).isEqualTo(THREE);
  }

  @Test
  void writesItsFields() {
    assertThat(TWO.toJson())
        .hasToString(
            "{\"model_type\":\"attentive-keras\",\"attention\":\"dot\",\"vocab_size\":100,"
                + "\"embedding_dim\":16,\"sequence_length\":5,\"num_labels\":2,"
                + "\"id2label\":{\"0\":\"negative\",\"1\":\"positive\"}}");
    assertThat(THREE.toJson().get("attention").getAsString()).isEqualTo("none");
  }

  @Test
  void twoClassesShareOneOutput() {
    assertThat(TWO.units()).isEqualTo(1);
    assertThat(THREE.units()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attention",
        "vocab_size",
        "embedding_dim",
        "sequence_length",
        "num_labels",
        "id2label"
      })
  void everyFieldMustBeThere(String field) {
    JsonObject json = TWO.toJson();
    json.remove(field);
    assertRefused(json, field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attention|'additive'",
        "attention|'DOT'",
        "attention|true",
        "attention|null",
        "vocab_size|0",
        "vocab_size|-5",
        "vocab_size|1.5",
        "vocab_size|'100'",
        "vocab_size|null",
        "embedding_dim|0",
        "embedding_dim|4294967296",
        "embedding_dim|[16]",
        "sequence_length|0",
        "sequence_length|true",
        "num_labels|0",
        "num_labels|{}",
        "id2label|['negative','positive']",
        "id2label|null",
        "id2label|'negative'"
      })
  void everyFieldMustBeOfItsKind(String field, String value) {
    JsonObject json = TWO.toJson();
    json.add(field, parsed(value));
    assertRefused(json, field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2|{'0':'a'}|id2label",
        "2|{'0':'a','1':'b','2':'c'}|id2label",
        "3|{'0':'a','1':'b'}|id2label",
        "1|{'0':'a'}|id2label",
        "2|{'0':'a','1':'a'}|id2label",
        "2|{}|id2label",
        "2|{'0':'a','2':'b'}|id2label.1",
        "2|{'1':'a','2':'b'}|id2label.0",
        "2|{'0':'a','1':5}|id2label.1",
        "2|{'0':'a','1':null}|id2label.1",
        "2|{'00':'a','1':'b'}|id2label.0"
      })
  void labelsMustBeAsManyAndDifferent(String count, String names, String field) {
    JsonObject json = TWO.toJson();
    json.add("num_labels", parsed(count));
    json.add("id2label", parsed(names));
    assertRefused(json, field);
  }

  @Test
  void anUnknownFieldIsNamed() {
    JsonObject json = TWO.toJson();
    json.addProperty("mask_zero", true);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(
            file
                + ": field 'mask_zero': expected no such field in a model of type attentive-keras,"
                + " got true");
  }

  private static JsonElement parsed(String singleQuoted) {
    return JsonParser.parseString(singleQuoted.replace('\'', '"'));
  }
}
