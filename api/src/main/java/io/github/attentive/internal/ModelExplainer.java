package io.github.attentive.internal;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.explain.AttentionAggregation;
import io.github.attentive.explain.TokenWeights;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;

/** An explainer over an engine's model with attention. */
public final class ModelExplainer extends ModelClassifier implements AttentionExplainer {

  /**
   * Wraps a model.
   *
   * @param model a model with attention, closed with this
   */
  public ModelExplainer(EngineModel model) {
    super(model);
  }

  @Override
  public List<Explanation> explainAll(List<TextInput> inputs, ExplainOptions options) {
    options
        .target()
        .filter(target -> !labels().contains(target))
        .ifPresent(
            target -> {
              throw new InvalidInputException(
                  "target '%s': expected one of the labels %s".formatted(target, labels()));
            });
    List<TextInput> all = List.copyOf(inputs);
    List<ModelOutput> outputs =
        run(all, options.queriesAndKeys() ? Detail.QUERIES_AND_KEYS : Detail.ATTENTION);
    List<Explanation> explanations = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      explanations.add(explanation(all.get(i), outputs.get(i), options));
    }
    return List.copyOf(explanations);
  }

  private Explanation explanation(TextInput input, ModelOutput output, ExplainOptions options) {
    AttentionTensor attention =
        output
            .attention()
            .orElseThrow(
                () ->
                    new InferenceException(
                        "engine '%s': expected attention weights with the output, got none"
                            .formatted(info().engine())));
    if (attention.keys() != output.positions().size()) {
      throw new InferenceException(
          "engine '%s': expected an attention column for each of %s positions, got %s"
              .formatted(info().engine(), output.positions().size(), attention.keys()));
    }
    if (options.queriesAndKeys() && output.queriesAndKeys().isEmpty()) {
      throw new InferenceException(
          "engine '%s': expected queries and keys with the output, got none"
              .formatted(info().engine()));
    }
    double[] weights =
        AttentionAggregation.received(
            attention, options.layer(), options.head(), model().positionsRead());
    List<Token> positions = new ArrayList<>(weights.length);
    for (int i = 0; i < output.positions().size(); i++) {
      positions.add(token(output.positions().get(i), i, (float) weights[i]));
    }
    Classification classification = classification(input, output);
    String target = options.target().orElse(classification.label());
    return new Explanation(
        info(),
        classification,
        TokenWeights.attribute(input, positions, target, options),
        positions,
        attention,
        options.queriesAndKeys() ? output.queriesAndKeys().orElse(null) : null);
  }

  private static Token token(TokenSpan span, int position, float weight) {
    return new Token(
        span.text(),
        span.id(),
        position,
        span.segment(),
        span.special() ? Token.NO_WORD : span.word(),
        span.start(),
        span.end(),
        span.special(),
        weight);
  }
}
