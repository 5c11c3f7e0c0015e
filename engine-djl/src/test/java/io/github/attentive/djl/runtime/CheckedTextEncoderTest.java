package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.InferenceException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.text.TextEncoder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckedTextEncoderTest {
  private final TextsOfLetters letters = new TextsOfLetters();

  /** Knows the letters a to c, numbers 1 to 3. */
  private final TextEncoder encoder = new CheckedTextEncoder(letters, Path.of("model"), 4);

  @Test
  void tokensThatTheModelHasPass() {
    TextInput input = TextInput.of("abc", "cba");
    assertThat(encoder.encode(input)).isEqualTo(letters.encode(input));
    assertThat(encoder.encodeAll(List.of(input, TextInput.of(""))))
        .containsExactly(letters.encode(input), letters.encode(TextInput.of("")));
    assertThat(encoder.maxLength()).isEqualTo(letters.maxLength());
  }

  @Test
  void tokensBeyondTheVocabularyAreNamed() {
    String message =
        "model: token 'd' has number 4; expected one below vocab_size = 4 of config.json: this"
            + " tokenizer is not the model's own";
    assertThatThrownBy(() -> encoder.encode(TextInput.of("abcd")))
        .isInstanceOf(InferenceException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> encoder.encode(TextInput.of("a", "d")))
        .isInstanceOf(InferenceException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> encoder.encodeAll(List.of(TextInput.of("a"), TextInput.of("d"))))
        .isInstanceOf(InferenceException.class)
        .hasMessage(message);
  }

  @Test
  void closesWhatItChecks() {
    encoder.close();
    assertThat(letters.closed).isTrue();
  }
}
