package io.github.attentive.internal;

import io.github.attentive.TextInput;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.PredictionGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients by attention of what is explained of each text.
 *
 * @param model that gives them
 * @param outputs checks what it gives
 */
record AttentionGradients(GradientModel model, ModelOutputs outputs) {
  private static final String GRADIENTS = "gradients by attention";

  /** Of texts whose labels are known. */
  List<AttentionGradient> of(List<ExplainedText> texts) {
    List<float[]> factors = texts.stream().map(AttentionGradients::factors).toList();
    List<AttentionGradient> gradients = model.byAttention(ExplainedText.inputs(texts), factors);
    outputs.requireEach(GRADIENTS, texts.size(), gradients.size());
    return gradients;
  }

  /** The outputs and gradients of texts whose labels are not known before they come. */
  List<PredictionGradient> ofPredictions(List<TextInput> inputs) {
    List<PredictionGradient> gradients = model.byAttention(inputs);
    outputs.requireEach(GRADIENTS, inputs.size(), gradients.size());
    return gradients;
  }

  /**
   * Of texts whose labels have become known. One whose label is not that of the logit that was
   * differentiated is asked for again: where scores are rounded to the same number, the first is
   * the label.
   */
  List<AttentionGradient> of(List<ExplainedText> texts, List<PredictionGradient> predictions) {
    List<AttentionGradient> gradients = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      gradients.add(of(texts.get(i), predictions.get(i)));
    }
    return gradients;
  }

  private AttentionGradient of(ExplainedText text, PredictionGradient prediction) {
    float[] wanted = factors(text);
    float[] found = prediction.factors();
    if (Arrays.equals(found, wanted)) {
      return new AttentionGradient(prediction.attention(), prediction.gradient());
    }
    if (Arrays.equals(negated(found), wanted)) {
      // The first of two labels that share one logit.
      return new AttentionGradient(prediction.attention(), negated(prediction.gradient()));
    }
    return of(List.of(text)).get(0);
  }

  private static float[] factors(ExplainedText text) {
    return text.target().factors(text.classification().logits().length);
  }

  /** Zeros stay as they are, since {@link Arrays#equals} tells 0 from -0. */
  private static float[] negated(float[] numbers) {
    float[] negated = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      negated[i] = 0 - numbers[i];
    }
    return negated;
  }
}
