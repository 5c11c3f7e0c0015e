package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("config.json");
  }

  private JsonFile json(String text) throws IOException {
    Files.writeString(file, text);
    return JsonFile.read(file);
  }

  private void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(file + ": ");
  }

  private void assertRefused(ThrowingCallable call, String says) {
    assertRefused(call);
    assertThatThrownBy(call).hasMessageContaining(says);
  }

  @Test
  void readsFieldsOfTheirTypes() throws IOException {
    JsonFile json = json("{\"s\": \"\\u00e9\\n\", \"n\": 7, \"o\": {\"k\": \"v\"}, \"f\": 8.0}");
    assertThat(json.file()).isEqualTo(file);
    assertThat(json.names()).containsExactly("s", "n", "o", "f");
    assertThat(json.string("s")).isEqualTo("é\n");
    assertThat(json.positive("n")).isEqualTo(7);
    assertThat(json.positive("f")).isEqualTo(8);
    assertThat(json.object("o").string("k")).isEqualTo("v");
  }

  @Test
  void whatIsNoFileIsMissing() {
    assertRefused(() -> JsonFile.read(file), "is missing");
    file = folder;
    assertRefused(() -> JsonFile.read(folder), "is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "\"a\"",
        "null",
        "nonsense",
        "{",
        "}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":'b'}",
        "{\"a\":01}",
        "{\"a\":1e999}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":True}",
        "{\"a\":[1,]}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"b}",
        "{\"a\":1;\"b\":2}",
        "{\"a\":1} //",
        "{\"a\":1}{}",
        "{\"a\":1}]",
        "{/**/}",
        "#\n{}"
      })
  void refusesWhatIsNotOneStrictJsonObject(String text) {
    assertRefused(() -> json(text));
  }

  @Test
  void refusesAFieldThatStandsTwice() {
    assertRefused(() -> json("{\"a\":1,\"b\":{\"a\":1},\"a\":1}"), "field 'a' stands twice");
    assertRefused(() -> json("{\"b\":[{\"a\":1,\"a\":1}]}"), "field 'a' stands twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "["})
  void refusesDeepNesting(String opening) {
    assertRefused(() -> json("{\"x\":" + opening.repeat(200_000)));
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    Files.write(file, "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(() -> JsonFile.read(file), "is not UTF-8");
    Files.write(file, "{}".getBytes(StandardCharsets.UTF_16LE));
    assertRefused(() -> JsonFile.read(file));
  }

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    assertThat(json("\uFEFF{\"n\":3}").positive("n")).isEqualTo(3);
  }

  @Test
  void refusesAFileThatIsTooLargeBeforeItReadsIt() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 40);
    }
    assertRefused(() -> JsonFile.read(file), "expected at most 16000000 bytes, got " + (1L << 40));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "true", "[\"a\"]", "{\"a\":1}"})
  void aStringIsNothingElse(String value) {
    assertRefused(
        () -> json("{\"s\": %s}".formatted(value)).string("s"),
        "field 's': expected a string, got ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"5\"",
        "true",
        "[5]",
        "{\"a\":5}",
        "0",
        "-1",
        "1.5",
        "2147483648",
        "1e300"
      })
  void aWholeNumberIsNothingElse(String value) {
    assertRefused(
        () -> json("{\"n\": %s}".formatted(value)).positive("n"),
        "field 'n': expected a whole number of at least 1, got ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"a\"", "5", "true", "[{}]"})
  void anObjectIsNothingElse(String value) {
    assertRefused(
        () -> json("{\"o\": %s}".formatted(value)).object("o"),
        "field 'o': expected an object, got ");
  }

  @Test
  void aMissingFieldIsNamed() throws IOException {
    JsonFile json = json("{\"o\": {}}");
    assertRefused(() -> json.string("s"), "field 's': expected a string, got nothing");
    assertRefused(
        () -> json.positive("n"), "field 'n': expected a whole number of at least 1, got nothing");
    assertRefused(() -> json.object("p"), "field 'p': expected an object, got nothing");
    assertRefused(() -> json.object("o").string("s"), "field 's'");
  }

  @Test
  void aLongFindingIsCut() throws IOException {
    ModelLoadException e = json("{\"a\":\"" + "x".repeat(5000) + "\"}").unexpected("a", "less");
    assertThat(e).hasMessageContaining("expected less, got \"xxx").hasMessageEndingWith("x ...");
    assertThat(e.getMessage().length()).isLessThan(file.toString().length() + 150);
  }
}
