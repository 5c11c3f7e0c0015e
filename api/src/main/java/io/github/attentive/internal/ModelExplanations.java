package io.github.attentive.internal;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.ModelInfo;
import io.github.attentive.QueriesAndKeys;
import io.github.attentive.TextInput;
import io.github.attentive.TrustCard;
import io.github.attentive.UnsupportedByModelException;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.AttentionNorms;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.NormModel;
import io.github.attentive.spi.PredictionGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Explanations of one call by an engine's model: runs it, weighs the positions by the method asked
 * for, and puts the results together.
 */
final class ModelExplanations {
  /** Runs the model and weighs the positions of texts by a method. */
  private interface Weighing extends Function<List<TextInput>, List<WeighedText>> {}

  private final EngineModel model;
  private final ModelInfo info;
  private final ModelOutputs outputs;
  private final ExplainOptions options;
  private final AttentionWeights attentionWeights;
  private final Weighing weighing;

  /**
   * Starts a call.
   *
   * @param model open until the call ends
   * @param outputs runs it
   * @param options what is asked for
   * @throws io.github.attentive.InvalidInputException if the model has no such label
   * @throws UnsupportedByModelException if the model lacks what is asked for
   */
  ModelExplanations(EngineModel model, ModelOutputs outputs, ExplainOptions options) {
    this.model = model;
    this.info = outputs.info();
    this.outputs = outputs;
    this.options = options;
    ExplanationTarget.check(info.labels(), options);
    refuseWithoutAttention();
    this.attentionWeights = new AttentionWeights(info, model.positionsRead(), options);
    this.weighing = weighing();
  }

  private void refuseWithoutAttention() {
    if (info.hasAttention()) {
      return;
    }
    if (options.method().needsAttention()) {
      throw MethodRefusal.noAttention(options.method(), info);
    }
    if (options.queriesAndKeys()) {
      throw new UnsupportedByModelException(
          "queries and keys: model '%s' of engine '%s' has no attention layer that would have some"
              .formatted(info.family(), info.engine()));
    }
  }

  /** What the method asks of the model; refuses before the model runs. */
  private Weighing weighing() {
    return switch (options.method()) {
      case ATTENTION, ROLLOUT, FLOW -> inputs -> byAttention(texts(inputs));
      case NORM -> {
        NormModel norms =
            model.norms().orElseThrow(() -> MethodRefusal.noNorms(options.method(), info));
        yield inputs -> byNorms(norms, texts(inputs));
      }
      case GRAD_ATTENTION, RELEVANCE -> byAttentionGradients(gradients());
      case CONTRIBUTIONS -> {
        GradientModel gradients = gradients();
        if (!gradients.isPiecewiseLinearInAttention()) {
          throw MethodRefusal.notLinear(options.method(), info);
        }
        yield byAttentionGradients(gradients);
      }
      case INTEGRATED_GRADIENTS, INPUT_GRADIENT -> {
        VectorGradientWeights weights = new VectorGradientWeights(gradients(), options);
        yield inputs ->
            texts(inputs).stream().map(text -> weighed(text, weights.of(text))).toList();
      }
      case OCCLUSION, LIME, SHAP ->
          inputs -> texts(inputs).stream().map(this::byPerturbation).toList();
    };
  }

  private GradientModel gradients() {
    return model.gradients().orElseThrow(() -> MethodRefusal.noGradients(options.method(), info));
  }

  /**
   * Explains.
   *
   * @param inputs any number of inputs
   * @return an explanation for each, in the same order
   */
  List<Explanation> of(List<TextInput> inputs) {
    if (inputs.isEmpty()) {
      return List.of();
    }
    ExplanationAssembly assembly = new ExplanationAssembly(info, model.positionsRead(), options);
    return weighing.apply(inputs).stream().map(assembly::of).toList();
  }

  /**
   * Assesses weights that were made elsewhere.
   *
   * @param input the text
   * @param weights of each of its units
   * @return their card
   */
  TrustCard assess(TextInput input, double[] weights) {
    ModelOutput output = outputs.run(List.of(input), detail()).get(0);
    return perturbation(text(input, output)).trust(weights);
  }

  private List<ExplainedText> texts(List<TextInput> inputs) {
    return texts(inputs, outputs.run(inputs, detail()));
  }

  private List<ExplainedText> texts(List<TextInput> inputs, List<ModelOutput> outputs) {
    List<ExplainedText> texts = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      texts.add(text(inputs.get(i), outputs.get(i)));
    }
    return texts;
  }

  private Detail detail() {
    if (options.queriesAndKeys()) {
      return Detail.QUERIES_AND_KEYS;
    }
    return info.hasAttention() && !attentionComesWithGradients() ? Detail.ATTENTION : Detail.SCORES;
  }

  private boolean attentionComesWithGradients() {
    return switch (options.method()) {
      case GRAD_ATTENTION, RELEVANCE, CONTRIBUTIONS -> true;
      default -> false;
    };
  }

  private ExplainedText text(TextInput input, ModelOutput output) {
    Classification classification = outputs.classification(input, output);
    AttentionTensor attention = output.attention().orElse(null);
    if (attention != null) {
      outputs.requireColumns(attention, output.positions().size());
    } else if (detail().includes(Detail.ATTENTION)) {
      throw outputs.missing("attention weights");
    }
    QueriesAndKeys queriesAndKeys = null;
    if (options.queriesAndKeys()) {
      queriesAndKeys =
          output.queriesAndKeys().orElseThrow(() -> outputs.missing("queries and keys"));
    }
    return new ExplainedText(
        classification,
        output.positions(),
        ExplanationTarget.of(info.labels(), classification.label(), options),
        attention,
        queriesAndKeys);
  }

  private WeighedText weighed(ExplainedText text, PositionWeights weights) {
    return new WeighedText(text, weights, () -> perturbation(text));
  }

  private WeighedText weighed(ExplainedText text, double[] weights) {
    outputs.requireEach("weights of positions", text.spans().size(), weights.length);
    return weighed(text, PositionWeights.of(weights));
  }

  private List<WeighedText> byAttention(List<ExplainedText> texts) {
    return texts.stream()
        .map(text -> weighed(text, attentionWeights.of(Objects.requireNonNull(text.attention()))))
        .toList();
  }

  private List<WeighedText> byNorms(NormModel model, List<ExplainedText> texts) {
    List<AttentionNorms> norms = model.norms(ExplainedText.inputs(texts));
    outputs.requireEach("norms of attention", texts.size(), norms.size());
    List<WeighedText> weighed = new ArrayList<>(texts.size());
    for (int i = 0; i < norms.size(); i++) {
      weighed.add(weighed(texts.get(i), attentionWeights.of(norms.get(i))));
    }
    return weighed;
  }

  private Weighing byAttentionGradients(GradientModel model) {
    AttentionGradients gradients = new AttentionGradients(model, outputs);
    boolean explainsPredictions = options.target().isEmpty() && options.contrast().isEmpty();
    if (options.queriesAndKeys() || !explainsPredictions) {
      return inputs -> {
        List<ExplainedText> texts = texts(inputs);
        return weighed(texts, gradients.of(texts));
      };
    }
    return inputs -> {
      List<PredictionGradient> predictions = gradients.ofPredictions(inputs);
      List<ExplainedText> texts =
          texts(inputs, predictions.stream().map(PredictionGradient::output).toList());
      return weighed(texts, gradients.of(texts, predictions));
    };
  }

  private List<WeighedText> weighed(List<ExplainedText> texts, List<AttentionGradient> gradients) {
    List<WeighedText> weighed = new ArrayList<>(texts.size());
    for (int i = 0; i < gradients.size(); i++) {
      AttentionGradient gradient = gradients.get(i);
      ExplainedText text = texts.get(i);
      outputs.requireColumns(gradient.attention(), text.spans().size());
      weighed.add(
          weighed(
              text.attention() == null ? text.withAttention(gradient.attention()) : text,
              attentionWeights.of(gradient)));
    }
    return weighed;
  }

  private WeighedText byPerturbation(ExplainedText text) {
    Perturbation perturbation = perturbation(text);
    return new WeighedText(text, perturbation.weights(), () -> perturbation);
  }

  /** Leaves out tokens, or characters where the model takes nothing but text. */
  private Perturbation perturbation(ExplainedText text) {
    Optional<TextVersions> tokens =
        model.erasure().map(erasure -> new ErasedTokens(erasure, text.input(), options.removal()));
    TextVersions versions =
        tokens.orElseGet(
            () ->
                new ErasedCharacters(text.input(), text.spans(), options.removal(), this::scores));
    return new Perturbation(text, versions, options);
  }

  private List<float[]> scores(List<TextInput> texts) {
    return outputs.run(texts, Detail.SCORES).stream().map(ModelOutput::scores).toList();
  }
}
