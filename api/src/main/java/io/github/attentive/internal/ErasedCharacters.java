package io.github.attentive.internal;

import io.github.attentive.InvalidInputException;
import io.github.attentive.Removal;
import io.github.attentive.TextInput;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Versions of a text that lack the characters of some of its tokens, white space staying. */
final class ErasedCharacters implements TextVersions {
  private final TextInput input;
  private final List<TokenSpan> spans;
  private final Function<List<TextInput>, List<float[]>> classifier;

  /**
   * Sets a text up.
   *
   * @param input the text
   * @param spans its positions
   * @param removal has to be deletion, since no token is known that could stand in
   * @param classifier gives a score for each label of each text
   */
  ErasedCharacters(
      TextInput input,
      List<TokenSpan> spans,
      Removal removal,
      Function<List<TextInput>, List<float[]>> classifier) {
    if (removal != Removal.DELETE) {
      throw new InvalidInputException(
          "operator '%s': expected delete, since this classifier takes nothing but text and shows no such token"
              .formatted(removal.id()));
    }
    this.input = input;
    this.spans = spans;
    this.classifier = classifier;
  }

  @Override
  public List<float[]> scores(List<boolean[]> kept) {
    List<TextInput> texts = new ArrayList<>(kept.size());
    for (boolean[] version : kept) {
      String pair = input.pair();
      texts.add(
          new TextInput(
              left(input.text(), 0, version), pair == null ? null : left(pair, 1, version)));
    }
    return classifier.apply(texts);
  }

  private String left(String text, int segment, boolean[] kept) {
    boolean[] removed = new boolean[text.length()];
    for (int i = 0; i < kept.length; i++) {
      TokenSpan span = spans.get(i);
      if (!kept[i] && !span.special() && span.segment() == segment) {
        for (int at = span.start(); at < span.end(); at++) {
          removed[at] = true;
        }
      }
    }
    StringBuilder left = new StringBuilder(text.length());
    for (int i = 0; i < removed.length; i++) {
      if (!removed[i]) {
        left.append(text.charAt(i));
      }
    }
    return left.toString();
  }
}
