package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.spi.TokenSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class KerasTextEncoderTest {
  private static final Vocabulary WORDS =
      Vocabulary.of(List.of("", "[UNK]", "the", "film", "dont"));

  private static EncodedText encode(String text, int sequenceLength, int wordLimit) {
    return new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, sequenceLength, wordLimit)
        .encode(TextInput.of(text));
  }

  private static TokenSpan padding() {
    return new TokenSpan("[PAD]", 0, 0, Token.NO_WORD, 0, 0, true);
  }

  @Test
  void padsToTheLength() {
    EncodedText encoded = encode("The (film) DON'T zebra", 6, 6);
    assertThat(encoded.positions())
        .containsExactly(
            new TokenSpan("the", 2, 0, 0, 0, 3, false),
            new TokenSpan("film", 3, 0, 1, 5, 9, false),
            new TokenSpan("dont", 4, 0, 2, 11, 16, false),
            new TokenSpan("[UNK]", 1, 0, 3, 17, 22, false),
            padding(),
            padding());
    assertThat(encoded.ids()).containsExactly(2, 3, 4, 1, 0, 0);
    assertThat(encoded.truncated()).isFalse();
  }

  @Test
  void anEmptyTextIsAllPadding() {
    EncodedText encoded = encode(" ... ", 2, 2);
    assertThat(encoded.positions()).containsExactly(padding(), padding());
    assertThat(encoded.truncated()).isFalse();
  }

  @Test
  void saysWhetherTheTextGoesOn() {
    assertThat(encode("the film", 2, 2).truncated()).isFalse();
    assertThat(encode("the film !!", 2, 2).truncated()).isFalse();
    assertThat(encode("the film the", 2, 2).truncated()).isTrue();
    assertThat(encode("the film the", 2, 2).ids()).containsExactly(2, 3);
  }

  @Test
  void aLimitBelowTheLengthBecomesPadding() {
    EncodedText encoded = encode("the film the", 4, 2);
    assertThat(encoded.ids()).containsExactly(2, 3, 0, 0);
    assertThat(encoded.truncated()).isTrue();
  }

  @Test
  void aLimitAboveTheLengthChangesNothing() {
    assertThat(encode("the film the", 2, 99)).isEqualTo(encode("the film the", 2, 2));
    assertThat(new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, 5, 99).maxLength())
        .isEqualTo(5);
    assertThat(new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, 5, 3).maxLength())
        .isEqualTo(3);
  }

  @Test
  void refusesAPair() {
    KerasTextEncoder encoder = new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, 5, 5);
    assertThatThrownBy(() -> encoder.encode(TextInput.of("the", "film")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("this model reads one text; expected no pair, got one of 4 characters");
  }
}
