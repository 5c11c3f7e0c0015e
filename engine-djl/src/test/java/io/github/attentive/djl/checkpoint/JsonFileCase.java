package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of JSON files have in common: one file, read anew each time, and refusals of it. */
abstract class JsonFileCase {
  @TempDir Path folder;
  Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("config.json");
  }

  JsonFile json(String text) throws IOException {
    Files.writeString(file, text);
    return JsonFile.read(file);
  }

  void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(file + ": ");
  }

  void assertRefused(ThrowingCallable call, String says) {
    assertRefused(call);
    assertThatThrownBy(call).hasMessageContaining(says);
  }
}
