package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a field is asked for. */
class StrictJsonTest extends JsonFileCase {
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
    assertRefused(() -> json("{\"b\":[{\"a\":1,\"a\":1}]}"), "field 'a' stands twice, at $.b[0].a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "["})
  void refusesDeepNesting(String opening) {
    assertRefused(() -> json("{\"x\":" + opening.repeat(200_000)), "nested at most 64 deep");
  }

  @Test
  void nestingIsReadUpToItsLimit() throws IOException {
    String deepest = "{\"x\":" + "[".repeat(63) + "]".repeat(63) + "}";
    assertThat(json(deepest).has("x")).isTrue();
    assertRefused(() -> json("{\"x\":[" + "[".repeat(63) + "]".repeat(64) + "}"), "64 deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[],", "{},", "1,", "\"\","})
  void refusesMoreValuesThanAConfigurationHas(String value) throws IOException {
    int count = 15_900_000 / value.length();
    Files.writeString(file, "{\"a\":[" + value.repeat(count) + "0]}");
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertRefused(() -> JsonFile.read(file), "expected at most 250000 values"));
    // The bytes and the text of the file, and the first values.
    assertThat(AllocatedBytes.of(() -> assertRefused(() -> JsonFile.read(file))))
        .isLessThan(400_000_000);
  }

  @Test
  void numbersStayAsTheyWereWritten() throws IOException {
    String text = "{\"a\":2.0,\"b\":2,\"c\":-0.5,\"d\":1.0E-12,\"e\":-7}";
    assertThat(json(text).copy()).hasToString(text);
  }

  @Test
  void saysWhereItIsNotJson() {
    assertRefused(
        () -> json("{\"a\": {\"b\": NaN}}"),
        "is not valid JSON: malformed JSON at line 1 column 13 path $.a.b; expected");
    assertRefused(() -> json("{\"a\": -Infinity}"), "without comments, NaN, Infinity");
    assertRefused(
        () -> json("{\"a\": 1e400}"),
        "is not valid JSON: JSON forbids NaN and infinities: Infinity at path $.a");
    assertThatThrownBy(() -> json("{\"a\": 1,}"))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void aGitLfsPointerIsNamed() {
    assertRefused(
        () -> json("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"),
        "expected the file itself, got the Git LFS pointer to it; run `git lfs pull`");
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
}
