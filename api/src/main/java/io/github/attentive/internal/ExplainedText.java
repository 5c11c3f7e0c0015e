package io.github.attentive.internal;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.QueriesAndKeys;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text on its way to an explanation.
 *
 * @param classification what was said of it
 * @param spans every position of the input
 * @param target what is explained
 * @param attention of all layers and heads, or null as long as there is none
 * @param queriesAndKeys null unless they are wanted
 */
record ExplainedText(
    Classification classification,
    List<TokenSpan> spans,
    ExplanationTarget target,
    @Nullable AttentionTensor attention,
    @Nullable QueriesAndKeys queriesAndKeys) {

  ExplainedText withAttention(AttentionTensor attention) {
    return new ExplainedText(classification, spans, target, attention, queriesAndKeys);
  }

  TextInput input() {
    return classification.input();
  }

  static List<TextInput> inputs(List<ExplainedText> texts) {
    return texts.stream().map(ExplainedText::input).toList();
  }

  /** The positions with these weights. */
  List<Token> tokens(double[] weights) {
    List<Token> tokens = new ArrayList<>(spans.size());
    for (int i = 0; i < spans.size(); i++) {
      TokenSpan span = spans.get(i);
      tokens.add(
          new Token(
              span.text(),
              span.id(),
              i,
              span.segment(),
              span.special() ? Token.NO_WORD : span.word(),
              span.start(),
              span.end(),
              span.special(),
              (float) weights[i]));
    }
    return tokens;
  }

  /** The positions, weighing nothing. */
  List<Token> tokens() {
    return tokens(new double[spans.size()]);
  }
}
