package io.github.attentive.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.attentive.Dataset;
import io.github.attentive.DatasetFile;
import io.github.attentive.DatasetFile.BadRows;
import io.github.attentive.DatasetFile.Format;
import io.github.attentive.DatasetFile.Header;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.TextInput;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller can say of a file. */
class DatasetFileOptionsTest {
  @TempDir private Path folder;

  private DatasetFile file(String name, String content, UnaryOperator<DatasetFile.Builder> options)
      throws IOException {
    Path path = Files.writeString(folder.resolve(name), content);
    return options.apply(DatasetFile.builder(path)).build();
  }

  private Dataset dataset(String name, String content, UnaryOperator<DatasetFile.Builder> options)
      throws IOException {
    return file(name, content, options).dataset();
  }

  private void refused(
      String name, String content, UnaryOperator<DatasetFile.Builder> options, String... named)
      throws IOException {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> dataset(name, content, options))
        .withMessageStartingWith(folder.resolve(name).toString())
        .extracting(Throwable::getMessage)
        .asString()
        .contains(named);
  }

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    DatasetFile file = DatasetFile.of(Path.of("a.csv"));
    assertThat(file.format()).isEqualTo(Format.CSV);
    assertThat(file.charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(file.delimiter()).isEqualTo(',');
    assertThat(file.header()).isEqualTo(Header.AUTO);
    assertThat(file.textColumn()).isEmpty();
    assertThat(file.pairColumn()).isEmpty();
    assertThat(file.labelColumn()).isEmpty();
    assertThat(file.badRows()).isEqualTo(BadRows.REFUSE);
    assertThat(file.longestRow()).isEqualTo(1_048_576);
    assertThat(file.labelNames()).isEmpty();
  }

  @Test
  void aFormatOverridesTheName() throws IOException {
    assertThat(
            dataset("a.data", "{\"text\":\"a\",\"label\":1}\n", b -> b.format(Format.JSON_LINES)))
        .extracting(Dataset::examples)
        .isEqualTo(List.of(LabelledText.of("a", "1")));
    assertThat(file("b.csv", "a,1\n", b -> b.format(Format.TEXT)).inputs())
        .containsExactly(TextInput.of("a,1"));
  }

  @ParameterizedTest
  @ValueSource(chars = {';', '\t', '|', ':', ' ', '\u00A7'})
  void anyDelimiterCanBeNamed(char delimiter) throws IOException {
    String content = "text#label\n\"a,#b\"#1\nc#0\n".replace('#', delimiter);
    assertThat(dataset("a.csv", content, b -> b.delimiter(delimiter)).examples())
        .containsExactly(LabelledText.of("a," + delimiter + "b", "1"), LabelledText.of("c", "0"));
  }

  @ParameterizedTest
  @ValueSource(chars = {'"', '\n', '\r', '\0', '\uD800', '\uDC00'})
  void somethingElseIsNoDelimiter(char delimiter) {
    DatasetFile.Builder builder = DatasetFile.builder(Path.of("a.csv"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> builder.delimiter(delimiter))
        .withMessageStartingWith("delimiter: expected ")
        .withMessageEndingWith("U+%04x".formatted((int) delimiter));
  }

  @Test
  void aHeaderCanBePromisedOrDenied() throws IOException {
    assertThat(dataset("a.csv", "text,label\na,1\n", b -> b.header(Header.ABSENT)).examples())
        .containsExactly(LabelledText.of("text", "label"), LabelledText.of("a", "1"));
    assertThat(dataset("a.csv", "text,label\na,1\n", b -> b.header(Header.PRESENT)).examples())
        .containsExactly(LabelledText.of("a", "1"));
    refused("a.csv", "a,1\nb,0\n", b -> b.header(Header.PRESENT), "line 1", "'text'", "[a, 1]");
    refused("a.csv", "\"a\"b,1\nb,0\n", b -> b.header(Header.PRESENT), "line 1", "header", "CSV");
    refused("a.tsv", "", b -> b.header(Header.PRESENT), "at least one row");
  }

  @Test
  void columnsCanHaveNamesOfTheirOwn() throws IOException {
    UnaryOperator<DatasetFile.Builder> names =
        b -> b.textColumn("Comment").pairColumn("Reply").labelColumn("Stars");
    List<LabelledText> rows =
        List.of(new LabelledText(TextInput.of("a", "b"), "5"), LabelledText.of("text", "1"));
    assertThat(
            dataset("a.csv", "Stars,label,Comment,Reply\n5,x,a,b\n1,y,text,\n", names).examples())
        .isEqualTo(rows);
    assertThat(dataset("a.tsv", "Stars\tComment\tReply\n5\ta\tb\n1\ttext\t\n", names).examples())
        .isEqualTo(rows);
    assertThat(
            dataset(
                    "a.jsonl",
                    "{\"Stars\":5,\"Comment\":\"a\",\"Reply\":\"b\",\"text\":1}\n"
                        + "{\"Stars\":\"1\",\"Comment\":\"text\"}\n",
                    names)
                .examples())
        .isEqualTo(rows);
  }

  @Test
  void columnsThatAreNamedHaveToBeThere() throws IOException {
    refused("a.csv", "text,label\na,1\n", b -> b.textColumn("Comment"), "line 1", "'Comment'");
    refused("a.csv", "words;stars\na;1\n", b -> b.textColumn("Comment"), "[words;stars]", "';'");
    refused("a.csv", "text,label\na,1\n", b -> b.pairColumn("Reply"), "line 1", "'Reply'");
    refused("a.csv", "text,label\na,1\n", b -> b.labelColumn("Stars"), "'Stars'", "[text, label]");
    refused("a.csv", "a,1\nb,0\n", b -> b.labelColumn("Stars"), "line 1", "'text' or 'sentence'");
    refused("a.jsonl", "{\"text\":\"a\",\"label\":1}\n", b -> b.textColumn("c"), "line 1", "'c'");
    refused(
        "a.jsonl", "{\"text\":\"a\",\"label\":1}\n", b -> b.labelColumn("c"), "line 1", "label");
  }

  @Test
  void optionsThatDoNotFitAreRefused() throws IOException {
    refused("a.tsv", "a\t1\n", b -> b.delimiter(';'), "delimiter", "CSV", "TSV");
    refused("a.txt", "a\n", b -> b.header(Header.PRESENT), "header", "TEXT");
    refused("a.jsonl", "{}\n", b -> b.header(Header.ABSENT), "header", "JSON_LINES");
    refused("a.txt", "a\n", b -> b.textColumn("text"), "columns", "TEXT");
    refused("a.csv", "a\n", b -> b.textColumn("text").header(Header.ABSENT), "no header");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DatasetFile.builder(Path.of("a.csv")).longestRow(0))
        .withMessage("longest row: expected at least 1, got 0");
  }

  @Test
  void labelsCanHaveOtherNames() throws IOException {
    UnaryOperator<DatasetFile.Builder> names =
        b -> b.labelNames(Map.of("1", "bad", "2", "bad", "5", "good"));
    Dataset data = dataset("a.csv", "a,5\nb,1\nc,2\n", names);
    assertThat(data.labels()).containsExactly("bad", "good");
    assertThat(data.examples().stream().map(LabelledText::label))
        .containsExactly("good", "bad", "bad");
    refused("a.csv", "a,5\nb,3\n", names, "line 2", "[1, 2, 5]", "'3'");
    refused("a.csv", "a,5\nb,\n", names, "line 2", "''");
    String large = "x".repeat(100_000);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> dataset("a.csv", "a," + large + "\n", names))
        .withMessageEndingWith("x ...'");
    DatasetFile skipping = file("a.csv", "a,5\nb,3\n", b -> names.apply(b).badRows(BadRows.SKIP));
    assertThat(skipping.dataset().examples()).containsExactly(LabelledText.of("a", "good"));
    assertThat(file("a.txt", "a\n", names).inputs()).containsExactly(TextInput.of("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "ISO-8859-15", "UTF-16", "UTF-16LE", "UTF-32", "UTF-8"})
  void otherEncodingsAreReadWhereTheyAreNamed(String charset) throws IOException {
    Path path = folder.resolve("a.csv");
    Files.write(path, "text,label\ncaf\u00e9 \u20ac,1\n".getBytes(Charset.forName(charset)));
    DatasetFile file = DatasetFile.builder(path).charset(Charset.forName(charset)).build();
    assertThat(file.dataset().examples()).containsExactly(LabelledText.of("caf\u00e9 \u20ac", "1"));
  }

  @Test
  void byteOrderMarksOfTheCharsetAreNoText() throws IOException {
    for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      Path path = folder.resolve("a.csv");
      Files.write(path, "\uFEFFtext,label\na,1\n".getBytes(Charset.forName(charset)));
      DatasetFile file = DatasetFile.builder(path).charset(Charset.forName(charset)).build();
      assertThat(file.dataset().examples()).containsExactly(LabelledText.of("a", "1"));
    }
  }
}
