package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the arguments are said to be; {@code MainTest} has what they really are. */
class ArgumentEncodingTest {
  private final String before = System.getProperty(CommandRun.ENCODING_PROPERTY);

  @AfterEach
  void restore() {
    System.setProperty(CommandRun.ENCODING_PROPERTY, before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ANSI_X3.4-1968", "ISO-8859-1", "Cp1252"})
  void otherEncodingsAreNamedWithTheArgument(String encoding) {
    System.setProperty(CommandRun.ENCODING_PROPERTY, encoding);
    assertThat(ArgumentEncoding.complaint(new String[] {"classify", "caf\u00e9"}))
        .hasValueSatisfying(
            complaint -> assertThat(complaint).startsWith("argument 2 ").contains(encoding));
    assertThat(ArgumentEncoding.complaint(new String[] {"classify", "cafe\t~"})).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF8", "utf-8"})
  void utf8TakesEverything(String encoding) {
    System.setProperty(CommandRun.ENCODING_PROPERTY, encoding);
    assertThat(ArgumentEncoding.complaint(new String[] {"caf\u00e9", "\ud83c\udfac"})).isEmpty();
  }

  @Test
  void replacementCharacterMayHaveBeenTyped() {
    System.setProperty(CommandRun.ENCODING_PROPERTY, "UTF-8");
    // The bytes this JVM was started with are UTF-8.
    assertThat(ArgumentEncoding.complaint(new String[] {"a \ufffd"})).isEmpty();
  }
}
