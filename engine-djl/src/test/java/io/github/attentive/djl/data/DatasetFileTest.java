package io.github.attentive.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Dataset;
import io.github.attentive.DatasetFile;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.TextInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they are read by default. */
class DatasetFileTest {
  @TempDir private Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private List<TextInput> inputs(String name, String content) throws IOException {
    return DatasetFile.of(file(name, content)).inputs();
  }

  private Dataset dataset(String name, String content) throws IOException {
    return DatasetFile.of(file(name, content)).dataset();
  }

  private static List<TextInput> texts(String... texts) {
    return Arrays.stream(texts).map(TextInput::of).toList();
  }

  private static LabelledText pair(String text, String pair, String label) {
    return new LabelledText(TextInput.of(text, pair), label);
  }

  private void refused(String name, String content, String... named) throws IOException {
    Path file = file(name, content);
    assertThatThrownBy(() -> DatasetFile.of(file).dataset())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file.toString())
        .message()
        .contains(named);
  }

  @Test
  void textFilesHaveATextALine() throws IOException {
    assertThat(inputs("a.txt", "one two\n\n \tthree,\"x\"\n"))
        .isEqualTo(texts("one two", "", " \tthree,\"x\""));
    assertThat(inputs("a.txt", "text\nlast without end"))
        .isEqualTo(texts("text", "last without end"));
    assertThat(inputs("a.txt", "\n")).isEqualTo(texts(""));
  }

  @Test
  void carriageReturnsBelongToTheLineEnd() throws IOException {
    assertThat(inputs("a.txt", "one\r\n\r\ntwo\r\n")).isEqualTo(texts("one", "", "two"));
    assertThat(inputs("a.txt", "one\rtwo\n")).isEqualTo(texts("one\rtwo"));
    assertThat(inputs("a.csv", "text,label\r\none,1\r\n\"a\r\nb\",0\r\n"))
        .isEqualTo(texts("one", "a\r\nb"));
    assertThat(inputs("a.tsv", "text\tlabel\r\none\t1\r\n")).isEqualTo(texts("one"));
    assertThat(inputs("a.jsonl", "{\"text\":\"one\"}\r\n{\"text\":\"two\"}\r\n"))
        .isEqualTo(texts("one", "two"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt,'one\n'",
    "a.csv,'text,label\none,1\n'",
    "a.tsv,'text\tlabel\none\t1\n'",
    "a.jsonl,'{\"text\":\"one\"}\n'"
  })
  void byteOrderMarkIsNoText(String name, String content) throws IOException {
    assertThat(inputs(name, "\ufeff" + content)).isEqualTo(texts("one"));
    assertThat(inputs(name, content)).isEqualTo(texts("one"));
  }

  @Test
  void headersSayWhereThingsAre() throws IOException {
    assertThat(dataset("a.csv", "label,sentence\n1,a\n0,b\n").examples())
        .containsExactly(LabelledText.of("a", "1"), LabelledText.of("b", "0"));
    assertThat(dataset("a.tsv", "id\tpair\ttext\tlabel\n7\tp\ta\t1\n8\t\tb\t0\n").examples())
        .containsExactly(pair("a", "p", "1"), LabelledText.of("b", "0"));
    assertThat(inputs("a.csv", "text\none\n")).isEqualTo(texts("one"));
    assertThat(dataset("a.csv", "sentence,text,label\ns,t,1\n").examples())
        .containsExactly(LabelledText.of("t", "1"));
  }

  @Test
  void withoutAHeaderColumnsAreTextAndLabel() throws IOException {
    assertThat(dataset("a.csv", "one,1\ntwo,0\n").examples())
        .containsExactly(LabelledText.of("one", "1"), LabelledText.of("two", "0"));
    assertThat(dataset("a.tsv", "one\t1\ntwo\t0").examples())
        .containsExactly(LabelledText.of("one", "1"), LabelledText.of("two", "0"));
    assertThat(inputs("a.tsv", "one\n\ntwo\n")).isEqualTo(texts("one", "", "two"));
  }

  @Test
  void csvFieldsMayBeQuoted() throws IOException {
    assertThat(
            dataset("a.csv", "text,label\n\"a, \"\"b\"\"\n\nc\",1\n\"\",0\n,0\nsay \"x\",1\n")
                .examples())
        .containsExactly(
            LabelledText.of("a, \"b\"\n\nc", "1"),
            LabelledText.of("", "0"),
            LabelledText.of("", "0"),
            LabelledText.of("say \"x\"", "1"));
  }

  @Test
  void tsvFieldsAreTakenAsTheyStand() throws IOException {
    assertThat(dataset("a.tsv", "\"a\t1\n\"b\" 'c'\\n,\t0\n\t0\n").examples())
        .containsExactly(
            LabelledText.of("\"a", "1"),
            LabelledText.of("\"b\" 'c'\\n,", "0"),
            LabelledText.of("", "0"));
  }

  @Test
  void jsonLinesHaveWhatTheySay() throws IOException {
    assertThat(
            dataset(
                    "a.jsonl",
                    """
                    {"text":"a","label":"x"}

                    {"label":7,"pair":null,"text":"b\\nc\\ud83c\\udfac"}
                    {"text":"","pair":"p","label":"x","more":{"text":["no"]}}
                    """)
                .examples())
        .containsExactly(
            LabelledText.of("a", "x"),
            LabelledText.of("b\nc\ud83c\udfac", "7"),
            pair("", "p", "x"));
    assertThat(inputs("a.jsonl", "{\"text\":\"\\ud800\"}")).isEqualTo(texts("\ud800"));
  }

  @Test
  void endingsMayBeCapitals() throws IOException {
    assertThat(inputs("A.TXT", "a,b\n")).isEqualTo(texts("a,b"));
    assertThat(inputs("A.CSV", "a,b\n")).isEqualTo(texts("a"));
  }

  @Test
  void longTextsAreRead() throws IOException {
    String text = "word ".repeat(100_000);
    assertThat(inputs("a.txt", text + "\n")).isEqualTo(texts(text));
    assertThat(inputs("a.csv", "\"" + text + "\",1\n")).isEqualTo(texts(text));
    assertThat(inputs("a.jsonl", "{\"text\":\"" + text + "\"}\n")).isEqualTo(texts(text));
  }

  @Test
  void badRowsAreNamedWithTheirLine() throws IOException {
    refused("a.csv", "text,label\na,1\n\"b\nb\",0\nc\n", "line 5", "2 columns", "got 1");
    refused("a.csv", "a,1\nb,0,0\n", "line 2", "2 columns", "got 3");
    refused("a.csv", "text,label\na,1\n\"b,0\nc,1\n", "line 3", "CSV");
    refused("a.csv", "text\n\"never closed\nb\n", "line 2", "CSV");
    refused("a.csv", "a,1\n\"b\"b,0\n", "line 2", "CSV");
    refused("a.tsv", "text\tlabel\na\t1\nb\t0\textra\n", "line 3", "2 columns", "got 3");
    refused("a.tsv", "text\tlabel\na\t1\n\nb\t0\n", "line 3", "2 columns", "got 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"b\"",
        "{text:\"b\"}",
        "\"b\"",
        "[{\"text\":\"b\"}]",
        "{\"text\":\"b\"} {\"text\":\"c\"}",
        "{\"text\":\"b\"} x",
        "{}",
        "{\"text\":null}",
        "{\"sentence\":\"b\"}",
        "{\"text\":5}",
        "{\"text\":[\"b\"]}",
        "{\"text\":\"b\",\"pair\":1}",
        "{\"text\":\"b\",\"label\":1.5}",
        "{\"text\":\"b\",\"label\":true}",
        "{\"text\":\"b\",\"label\":null}",
        "{\"text\":\"b\"}",
        "nonsense"
      })
  void badJsonLinesAreNamedWithTheirLine(String line) throws IOException {
    refused("a.jsonl", "{\"text\":\"a\",\"label\":1}\n\n" + line + "\n", "line 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.csv", "a.tsv", "a.jsonl"})
  void emptyFilesAreRefused(String name) throws IOException {
    refused(name, "", "row");
    refused(name, "\ufeff", "row");
  }

  @Test
  void headersAloneAreRefused() throws IOException {
    refused("a.csv", "text,label\n", "row");
    refused("a.tsv", "text\tlabel\n", "row");
    refused("a.jsonl", "\n \n", "row");
  }

  @Test
  void labelsHaveToBeThereWhereTheyAreNeeded() throws IOException {
    refused("a.txt", "one\n", "line 1", "label");
    refused("a.csv", "text,pair\na,b\n", "line 2", "label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.csv", "a.tsv", "a.jsonl"})
  void otherEncodingsAreRefused(String name) throws IOException {
    Path file = folder.resolve(name);
    for (byte[] bytes :
        List.of(
            "caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1),
            "cafe\n".getBytes(StandardCharsets.UTF_16),
            new byte[] {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n'},
            new byte[] {'a', (byte) 0xc0, (byte) 0x80, '\n'},
            new byte[] {'a', (byte) 0xe2, (byte) 0x82})) {
      Files.write(file, bytes);
      assertThatThrownBy(() -> DatasetFile.of(file).inputs())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("UTF-8");
    }
  }

  @Test
  void unknownEndingsAndMissingFilesAreNamed() throws IOException {
    refused("a.json", "{\"text\":\"a\"}\n", ".jsonl");
    refused("a", "a\n", ".txt");
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> DatasetFile.of(missing).inputs())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(missing.toString());
    Path directory = Files.createDirectory(folder.resolve("directory.txt"));
    assertThatThrownBy(() -> DatasetFile.of(directory).inputs())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void sameRowsComeOutOfEveryKind() throws IOException {
    List<LabelledText> rows =
        List.of(LabelledText.of("a b", "1"), LabelledText.of("", "0"), LabelledText.of("c", "1"));
    String csv = rows.stream().map(r -> r.input().text() + "," + r.label()).collect(lines());
    String tsv = rows.stream().map(r -> r.input().text() + "\t" + r.label()).collect(lines());
    String jsonl =
        rows.stream()
            .map(r -> "{\"text\":\"" + r.input().text() + "\",\"label\":" + r.label() + "}")
            .collect(lines());
    assertThat(dataset("a.csv", csv).examples()).isEqualTo(rows);
    assertThat(dataset("a.tsv", tsv).examples()).isEqualTo(rows);
    assertThat(dataset("a.jsonl", jsonl).examples()).isEqualTo(rows);
  }

  private static java.util.stream.Collector<CharSequence, ?, String> lines() {
    return Collectors.joining("\n", "", "\n");
  }
}
