package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("vocabulary.txt");
  }

  private List<String> read(String text) throws IOException {
    Files.writeString(file, text);
    return VocabularyFile.read(file).words();
  }

  private void assertRefused(ThrowingCallable call, String... says) {
    assertThatThrownBy(call)
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContainingAll(says);
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    Vocabulary vocabulary =
        Vocabulary.of(List.of("", "[UNK]", "the", "ﬁn", "\uD83D\uDE00", "a b", " c\t"));
    String text = VocabularyFile.write(vocabulary);
    assertThat(text).isEqualTo("\n[UNK]\nthe\nﬁn\n\uD83D\uDE00\na b\n c\t\n");
    assertThat(read(text)).isEqualTo(vocabulary.words());
  }

  @Test
  void lineEndsOfEitherKindAndNoneAtTheEnd() throws IOException {
    List<String> words = List.of("", "[UNK]", "the", "film");
    assertThat(read("\n[UNK]\nthe\nfilm\n")).isEqualTo(words);
    assertThat(read("\n[UNK]\nthe\nfilm")).isEqualTo(words);
    assertThat(read("\r\n[UNK]\r\nthe\r\nfilm\r\n")).isEqualTo(words);
    assertThat(read("\r\n[UNK]\r\nthe\r\nfilm")).isEqualTo(words);
  }

  @Test
  void takesTextsOfAnyModeFromElsewhere() {
    assertThat(VocabularyFile.parse("[UNK]\nthe\r\nfilm", OutputMode.COUNT, "a.keras").words())
        .containsExactly("[UNK]", "the", "film");
    assertThat(VocabularyFile.parse("\n[UNK]\nthe", OutputMode.INT, "a.keras").words())
        .containsExactly("", "[UNK]", "the");
    assertThatThrownBy(() -> VocabularyFile.parse("the\n", OutputMode.COUNT, "a.keras"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith("a.keras: expected [UNK] first, got [the]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\u0085b", "a\u2028b", "a\u2029b", "a\u000Bb", "a\fb", "a\u001Cb", "a\rb"})
  void noOtherCharacterEndsALine(String word) throws IOException {
    assertThat(read("\n[UNK]\n" + word + "\nc\n")).containsExactly("", "[UNK]", word, "c");
  }

  @Test
  void duplicatesAreNamedWithTheirLines() {
    assertRefused(
        () -> read("\n[UNK]\nthe\nfilm\nthe\n"), "word 'the' stands at 2 and 4 (counted from 0)");
    assertRefused(() -> read("\n[UNK]\nthe\n\nfilm\n"), "word '' stands at 0 and 3");
    assertRefused(() -> read("\n[UNK]\nthe\nthe\r\n"), "word 'the' stands at 2 and 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "[UNK]\n", "the\nfilm\n", "\n[unk]\nthe\n", "\n\n", "[UNK]\n\n"})
  void otherFirstLinesAreRefused(String text) {
    assertRefused(() -> read(text), "vocabulary.txt");
  }

  @Test
  void aByteOrderMarkIsPartOfTheFirstLineAndRefused() {
    assertRefused(
        () -> read("\uFEFF\n[UNK]\nthe\n"), "expected the empty word and [UNK] first, got ");
  }

  @Test
  void whatIsNotUtf8IsRefused() throws IOException {
    Files.write(file, "\n[UNK]\ncafé\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(() -> VocabularyFile.read(file), "is not UTF-8");
  }

  @Test
  void aGitLfsPointerIsRefused() {
    assertRefused(
        () -> read("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"),
        "got the Git LFS pointer to it");
  }

  @Test
  void whatIsMissingOrTooLargeIsRefused() throws IOException {
    assertRefused(() -> VocabularyFile.read(file), "is missing");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 40);
    }
    assertRefused(() -> VocabularyFile.read(file), "expected at most 268435456 bytes");
  }
}
