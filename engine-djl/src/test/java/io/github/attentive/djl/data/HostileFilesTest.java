package io.github.attentive.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.attentive.Dataset;
import io.github.attentive.DatasetFile;
import io.github.attentive.DatasetFile.BadRows;
import io.github.attentive.DatasetRow;
import io.github.attentive.DatasetRows;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.SkippedRows;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not as they should be: a clear error, or a counted skip. */
class HostileFilesTest {
  private static final int TEN_MILLION = 10_000_000;

  @TempDir private Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static DatasetFile skipping(Path path) {
    return DatasetFile.builder(path).badRows(BadRows.SKIP).build();
  }

  private static void refused(DatasetFile file, String... named) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(file::dataset)
        .withMessageStartingWith(file.path().toString())
        .extracting(Throwable::getMessage)
        .asString()
        .contains(named);
  }

  /** Refused by default, and where bad rows are skipped as well. */
  private static void refusedAlways(Path path, String... named) {
    refused(DatasetFile.of(path), named);
    refused(skipping(path), named);
  }

  /** What is read where bad rows are skipped, by text, and what is said of the others. */
  private static SkippedRows skipped(DatasetFile file, List<Long> lines, String... texts) {
    try (DatasetRows rows = file.labelledRows()) {
      List<DatasetRow> read = rows.stream().toList();
      assertThat(read.stream().map(row -> row.input().text())).containsExactly(texts);
      assertThat(read.stream().map(DatasetRow::line)).isEqualTo(lines);
      return rows.skipped();
    }
  }

  @Test
  void raggedRows() throws IOException {
    Path path = file("a.csv", "text,label\na,1\nb\n\"c\nc\",1,2\nd,0\n");
    refused(DatasetFile.of(path), "line 3", "2 columns", "got 1");
    assertThat(skipped(skipping(path), List.of(2L, 6L), "a", "d"))
        .isEqualTo(
            new SkippedRows(
                2,
                List.of(
                    "line 3: expected 2 columns as the first row has, got 1",
                    "line 4: expected 2 columns as the first row has, got 3")));
  }

  @Test
  void strayQuotesEndTheirRowAtItsLine() throws IOException {
    Path path = file("a.csv", "a,1\n\"he said \"hi\" to me\",1\nb,0\n\"c\nc\"x\nd,0\n");
    refused(DatasetFile.of(path), "line 2", "is not valid CSV: Unexpected character", "'h'");
    SkippedRows skipped = skipped(skipping(path), List.of(1L, 3L, 6L), "a", "b", "d");
    assertThat(skipped.count()).isEqualTo(2);
    assertThat(skipped.reasons()).first().asString().startsWith("line 2: ");
    assertThat(skipped.reasons()).last().asString().startsWith("line 4: ").doesNotContain("line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,1\n\"b,0\nc,1\n", "a,1\n\"b,0", "a,1\n\"", "a,1\nb,\"0\n\"\"\n"})
  void quotesThatAreNeverClosed(String content) throws IOException {
    refusedAlways(file("a.csv", content), "line 2", "CSV", "never closed");
  }

  @Test
  void longQuotesThatAreNeverClosed() throws IOException {
    refusedAlways(
        file("a.csv", "a,1\n\"" + "b,0\n".repeat(TEN_MILLION / 4)), "line 2", "never closed");
  }

  @Test
  void badJson() throws IOException {
    Path path =
        file(
            "a.jsonl",
            "{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\"\n{\"text\":\"c\"}\n[]\n"
                + "{\"text\":\"d\",\"text\":\"e\",\"label\":1}\n{\"text\":\"f\",\"label\":0}\n");
    SkippedRows skipped = skipped(skipping(path), List.of(1L, 6L), "a", "f");
    assertThat(skipped.count()).isEqualTo(4);
    assertThat(skipped.reasons().get(0)).startsWith("line 2: is not valid JSON: ");
    assertThat(skipped.reasons().get(1)).isEqualTo("line 3: expected a label, got none");
    assertThat(skipped.reasons().get(2)).startsWith("line 4: expected one JSON object");
    assertThat(skipped.reasons().get(3)).isEqualTo("line 5: field 'text' stands twice");
  }

  @Test
  void deepJsonTakesNoStack() throws IOException {
    String deep = "[".repeat(500_000) + "]".repeat(500_000);
    refused(DatasetFile.of(file("a.jsonl", "{\"x\":" + deep + ",\"text\":\"a\"}\n")), "line 1");
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt,'',%s",
    "a.csv,'text,label\n','%s,1'",
    "b.csv,'text,label\n','\"%s\",1'",
    "a.tsv,'text\tlabel\n','%s\t1'",
    "a.jsonl,'','{\"text\":\"%s\",\"label\":1}'"
  })
  void lineOfTenMegabytes(String name, String header, String row) throws IOException {
    String large = row.formatted("x".repeat(TEN_MILLION));
    Path path = file(name, header + large + "\n" + row.formatted("good") + "\n");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DatasetFile.of(path).inputs())
        .withMessageMatching(".*, line [12]: expected a row of at most 1048576 characters.*");
    try (DatasetRows rows = skipping(path).rows()) {
      assertThat(rows.inputs().get(0).text()).isEqualTo("good");
      assertThat(rows.skipped().count()).isEqualTo(1);
    }
    DatasetFile longer = DatasetFile.builder(path).longestRow(2 * TEN_MILLION).build();
    assertThat(longer.inputs().get(0).text()).hasSize(TEN_MILLION);
  }

  @Test
  void longestRowIsExact() throws IOException {
    Path path = file("a.txt", "12345\r\n1234\r\n12345");
    try (DatasetRows rows =
        DatasetFile.builder(path).longestRow(5).badRows(BadRows.SKIP).build().rows()) {
      assertThat(rows.inputs().stream().map(input -> input.text()))
          .containsExactly("1234", "12345");
      assertThat(rows.skipped().reasons()).singleElement().asString().startsWith("line 1: ");
    }
  }

  @Test
  void aLongFirstRowIsSkippedUnlessItIsTheHeader() throws IOException {
    Path path = file("a.csv", "x".repeat(50) + ",label\na,1\n");
    DatasetFile.Builder builder = DatasetFile.builder(path).longestRow(10).badRows(BadRows.SKIP);
    assertThat(builder.build().dataset().examples()).containsExactly(LabelledText.of("a", "1"));
    refused(builder.header(DatasetFile.Header.PRESENT).build(), "line 1", "header", "10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.csv", "a.tsv", "a.jsonl"})
  void binaryFiles(String name) throws IOException {
    Path path = folder.resolve(name);
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    Files.write(path, noise);
    refusedAlways(path, "line 1", "is not UTF-8", "NUL");
    Files.write(path, "a\n\0b\n".getBytes(StandardCharsets.UTF_8));
    refusedAlways(path, "line 2", "NUL", "binary");
    Files.write(path, "a\nb\n".getBytes(StandardCharsets.UTF_16LE));
    refusedAlways(path, "line 1", "NUL", "another encoding");
  }

  @Test
  void bytesOfAnotherCharsetAreNamedByLine() throws IOException {
    Path path = folder.resolve("a.csv");
    String rows = "a,1\n".repeat(5000);
    Files.write(path, (rows + "caf\u00e9,1\nb,0\n").getBytes(Charset.forName("windows-1252")));
    refusedAlways(path, "line 5001", "is not UTF-8", "name the encoding");
    try (DatasetRows before = DatasetFile.of(path).rows()) {
      for (int i = 0; i < 5000; i++) {
        assertThat(before.next().line()).isEqualTo(i + 1L);
      }
      assertThatExceptionOfType(InvalidInputException.class).isThrownBy(before::hasNext);
      assertThatExceptionOfType(InvalidInputException.class)
          .as("the same again")
          .isThrownBy(before::next);
    }
    DatasetFile ascii = DatasetFile.builder(path).charset(StandardCharsets.US_ASCII).build();
    refused(ascii, "line 5001", "is not US-ASCII");
  }

  @Test
  void marksOfOtherCharsets() throws IOException {
    Path path = folder.resolve("a.csv");
    for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      Files.write(path, "\uFEFFa,1\n".getBytes(Charset.forName(charset)));
      refusedAlways(path, "byte order mark of " + charset.substring(0, 6), "UTF-8");
    }
    file("a.csv", "\uFEFFa,1\n");
    refused(
        DatasetFile.builder(path).charset(Charset.forName("windows-1252")).build(),
        "byte order mark of UTF-8",
        "windows-1252");
  }

  @Test
  void charactersAcrossTheBordersOfBuffers() throws IOException {
    for (int shift = 0; shift < 5; shift++) {
      String text = "x".repeat(shift) + "\ud83c\udfac\u20ac".repeat(10_000);
      assertThat(DatasetFile.of(file("a.txt", text + "\n")).inputs().get(0).text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({"';'", "'|'", "'\t'"})
  void otherDelimiters(String delimiter) throws IOException {
    String shown = delimiter.equals("\t") ? "a tab" : "'" + delimiter + "'";
    Path header = file("a.csv", "text#label\na, b#1\n".replace("#", delimiter));
    refusedAlways(header, "line 1", "','", shown, "name it as the delimiter");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DatasetFile.of(header).inputs())
        .withMessageContaining(shown);
    Path none = file("b.csv", "fine#1\nbad#0\n".replace("#", delimiter));
    refusedAlways(none, "line 1", "label", "one column", shown, "name it as the delimiter");
    assertThat(DatasetFile.of(none).inputs()).as("texts alone may have it").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" text", "text ", "\"\"\"text\"\"\"", "my text; or yours", "texts|labels"})
  void textsThatOnlyLookLikeHeaders(String row) throws IOException {
    assertThat(DatasetFile.of(file("a.csv", row + "\nmore\n")).inputs()).hasSize(2);
  }

  @Test
  void tablesOfTheWrongKind() throws IOException {
    refusedAlways(file("a.tsv", "text,label\na,1\n"), "line 1", "a tab", "','", "CSV");
    refusedAlways(file("a.csv", "fine\nbad\n"), "line 1", "expected a label, got none");
  }

  @Test
  void nothingGoodIsAnErrorWithTheReasons() throws IOException {
    refused(
        skipping(file("a.jsonl", "x\ny\n")),
        "at least one row",
        "2 rows skipped: line 1: ",
        "line 2");
    refused(skipping(file("a.txt", "a\nb\n")), "at least one row", "expected a label, got none");
    refused(skipping(file("a.csv", "")), "at least one row, got none");
  }

  @Test
  void fewReasonsAreKeptOfMany() throws IOException {
    Path path = file("a.csv", "a,1\n" + "b\n".repeat(100_000));
    SkippedRows skipped = skipped(skipping(path), List.of(1L), "a");
    assertThat(skipped.count()).isEqualTo(100_000);
    assertThat(skipped.reasons()).hasSize(SkippedRows.REASONS);
    assertThat(skipped).asString().startsWith("100000 rows skipped: line 2: ").endsWith("; ...");
  }

  @Test
  void missingFilesAndFolders() throws IOException {
    refusedAlways(folder.resolve("missing.csv"), "there is none");
    refusedAlways(Files.createDirectory(folder.resolve("folder.csv")), "folder");
  }

  @Test
  void linesOfQuotedLineEnds() throws IOException {
    Path path = file("a.csv", "text,label\r\n\"a\r\nb\n\nc\",1\r\n\r\nd,0\re,1\n\"f\rg\",0\nh,1");
    assertThat(
            skipped(
                    DatasetFile.of(path),
                    List.of(2L, 7L, 8L, 9L, 11L),
                    "a\r\nb\n\nc",
                    "d",
                    "e",
                    "f\rg",
                    "h")
                .count())
        .isZero();
  }

  /** Whatever fields hold, they come back; the writer here is the rule of RFC 4180. */
  @Test
  void randomFieldsComeBack() throws IOException {
    Random random = new Random(7);
    String alphabet = "a b,;\"\n\r\t'\u00e9\u20ac";
    List<LabelledText> rows = new ArrayList<>();
    StringBuilder content = new StringBuilder("text,label\n");
    for (int i = 0; i < 3000; i++) {
      String text = random(random, alphabet);
      String label = random(random, alphabet);
      rows.add(LabelledText.of(text, label));
      content.append(quoted(text)).append(',').append(quoted(label)).append("\r\n");
    }
    Dataset data = DatasetFile.of(file("a.csv", content.toString())).dataset();
    assertThat(data.examples()).isEqualTo(rows);
  }

  private static String random(Random random, String alphabet) {
    return random
        .ints(random.nextInt(8), 0, alphabet.length())
        .collect(StringBuilder::new, (s, i) -> s.append(alphabet.charAt(i)), StringBuilder::append)
        .toString();
  }

  private static String quoted(String field) {
    return "\"" + field.replace("\"", "\"\"") + "\"";
  }

  /** Mutilated files give rows or an error, never anything else. */
  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.csv", "a.tsv", "a.jsonl"})
  void randomCharactersNeverCrash(String name) throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      StringBuilder content = new StringBuilder();
      for (int part = 0; part < 20; part++) {
        content.append(random(random, "{}[]:,\"\\\n\r\ttextlb0"));
      }
      try (DatasetRows rows = skipping(file(name, content.toString())).rows()) {
        rows.inputs();
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageContaining(name);
      }
    }
  }

  @Test
  void rowsAreReadAsTheyAreAskedFor() throws IOException {
    Path path = folder.resolve("a.csv");
    try (Writer writer = Files.newBufferedWriter(path)) {
      for (int i = 0; i < 200_000; i++) {
        writer.write("text " + i + "," + i % 3 + "\n");
      }
      writer.write("ragged\n");
    }
    try (DatasetRows rows = DatasetFile.of(path).rows()) {
      assertThat(rows.next().example()).isEqualTo(LabelledText.of("text 0", "0"));
      try (Stream<DatasetRow> stream = rows.stream()) {
        assertThat(stream.skip(9).findFirst().orElseThrow().line()).isEqualTo(11);
      }
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> rows.forEachRemaining(row -> {}))
          .withMessageContaining("closed");
    }
    Path small = file("b.csv", "a,1\n");
    try (DatasetRows rows = DatasetFile.of(small).rows()) {
      rows.next();
      assertThat(rows.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(rows::next);
    }
    Files.delete(small);
  }
}
