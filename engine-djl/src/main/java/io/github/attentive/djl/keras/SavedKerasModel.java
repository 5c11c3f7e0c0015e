package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.djl.architecture.AttentionKind;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.architecture.SeldomCalledFunctions;
import io.github.attentive.djl.architecture.WordVectors;
import io.github.attentive.djl.architecture.WrittenModel;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.keras.KerasValue.Squashing;
import io.github.attentive.djl.text.KerasTextEncoder;
import io.github.attentive.djl.text.OutputMode;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TextFeatures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A whole model that Keras has saved, written on a graph: {@link ModelFunctions#CLASSIFY}; {@link
 * ModelFunctions#EXPLAIN} where it has attention over the positions of the text; {@link
 * SeldomCalledFunctions}. Immutable.
 *
 * <p>Masks are those of Keras: they come from an {@code Embedding} with {@code mask_zero}, go along
 * with what layers give, and count where Keras looks at them. A text without a token, for which
 * Keras gives NaN where an average is over no position, is read as one unknown word; where Keras
 * gives a number, such as that of a recurrent layer's first state, it is that number.
 */
public final class SavedKerasModel {
  /** Positions of a text at most where the model sets no limit: attention has each pair of them. */
  private static final int USUAL_POSITIONS = 4096;

  private static final Axis BATCH = Axis.named("batch");
  private static final Axis LENGTH = Axis.named("length");

  private final KerasText text;
  private final Graph graph;
  private final Found found;
  private final ProblemType problemType;
  private final List<String> labels;

  /** What a first look at a model finds. */
  private record Found(
      int prediction,
      long units,
      Optional<Squashing> squashing,
      List<Integer> attentions,
      int heads,
      AttentionKind attentionKind,
      boolean ignoresPadding,
      boolean needsToken) {

    /** The same for a model that has this output alone. */
    Found alone() {
      return new Found(
          0, units, squashing, attentions, heads, attentionKind, ignoresPadding, needsToken);
    }
  }

  private SavedKerasModel(
      KerasText text, Graph graph, Found found, ProblemType problemType, List<String> labels) {
    this.text = text;
    this.graph = graph;
    this.found = found;
    this.problemType = problemType;
    this.labels = List.copyOf(labels);
  }

  /**
   * The file that a path means: a {@code .keras} archive or a whole-model {@code .h5} file, or the
   * only one of a directory; a {@code .weights.h5} is none.
   *
   * @param model an existing path
   * @return the file, not looked into; empty if there is none
   * @throws ModelLoadException if there are several
   */
  public static Optional<Path> at(Path model) {
    return KerasFile.at(model);
  }

  /**
   * Reads a file.
   *
   * @param path what {@link #at} gave
   * @param settings what the files beside it say
   * @return the model
   * @throws ModelLoadException if the file is damaged, or has a layer or option that is not
   *     supported, or contradicts the files beside it
   */
  public static SavedKerasModel read(Path path, KerasSettings settings) {
    try (KerasFile file = KerasFile.open(path)) {
      KerasModelConfig config = KerasModelConfig.of(file.config(), "");
      KerasText text = new KerasTextReader(file, config, settings).read();
      Found found = look(path, config, text, file.weights(), settings);
      ProblemType problemType =
          found
              .squashing()
              .map(
                  squashing ->
                      squashing == Squashing.SIGMOID && found.units() > 1
                          ? ProblemType.MULTI_LABEL
                          : ProblemType.SINGLE_LABEL)
              .orElseGet(() -> KerasLoss.of(file.training()).ofRawOutputs(found.units()));
      boolean twoOfOne = found.units() == 1 && problemType == ProblemType.SINGLE_LABEL;
      List<String> labels =
          settings.labels(twoOfOne ? 2 : Math.toIntExact(found.units()), twoOfOne);
      return new SavedKerasModel(
          text, graph(config, text, file.weights(), found), found, problemType, labels);
    } catch (UnknownKerasLayerException e) {
      throw new ModelLoadException(String.valueOf(e.getMessage()), e);
    }
  }

  private static KerasValue input(FunctionBuilder function, KerasText text) {
    if (text.mode() != OutputMode.INT) {
      return KerasValue.of(
          function.input(
              ModelFunctions.FEATURES, ElementType.FLOAT32, BATCH, Axis.fixed(text.features())));
    }
    OptionalInt length = text.length();
    Axis positions = length.isPresent() ? Axis.fixed(length.getAsInt()) : LENGTH;
    return KerasValue.of(
            function.input(ModelFunctions.INPUT_IDS, ElementType.INT64, BATCH, positions))
        .at(1);
  }

  /** Writes the whole model once, on a graph that is thrown away, and looks at what came of it. */
  private static Found look(
      Path path,
      KerasModelConfig config,
      KerasText text,
      KerasWeights weights,
      KerasSettings settings) {
    GraphBuilder scratch = new GraphBuilder();
    FunctionBuilder function = scratch.function(ModelFunctions.EXPLAIN);
    KerasWriter writer =
        new KerasWriter(
            function, new KerasParameters(scratch, weights), text, true, WordVectors.lookedUp());
    List<KerasValue> outputs = writer.write(config, List.of(input(function, text)));
    OutputChoice choice = new OutputChoice(path, config.outputs(), outputs, writer.attentions());
    int prediction = choice.prediction(settings.scoresOutput());
    List<Integer> attentions = choice.attentions(settings.attentionOutput());
    List<ShownAttention> shown = attentions.stream().map(writer.attentions()::get).toList();
    KerasValue predicted = outputs.get(prediction);
    Tensor scores = choice.scores(prediction);
    int heads =
        attentions.isEmpty() ? 0 : Math.toIntExact(shown.get(0).weights().shape().axis(1).size());
    return new Found(
        prediction,
        scores.shape().axis(1).size(),
        Optional.ofNullable(predicted.squashed()).map(KerasValue.Squashed::by),
        attentions,
        heads,
        attentionKind(shown),
        attentions.isEmpty()
            ? writer.ignoresPadding()
            : shown.stream().allMatch(ShownAttention::masked),
        writer.needsToken());
  }

  private static AttentionKind attentionKind(List<ShownAttention> shown) {
    List<Double> scales = new ArrayList<>();
    for (ShownAttention attention : shown) {
      if (attention.compared() == null) {
        return AttentionKind.without(
            "layer '%s' of %s".formatted(attention.layer(), attention.kind()));
      }
      scales.add(attention.compared().scale());
    }
    return AttentionKind.dotProducts(scales);
  }

  private static Graph graph(
      KerasModelConfig config, KerasText text, KerasWeights weights, Found found) {
    GraphBuilder graph = new GraphBuilder();
    KerasParameters parameters = new KerasParameters(graph, weights);
    KerasModelConfig prediction =
        new KerasModelConfig(
            config.layers(), config.inputs(), List.of(config.outputs().get(found.prediction())));
    FunctionBuilder classify = graph.function(ModelFunctions.CLASSIFY);
    WordVectors words = WordVectors.lookedUp();
    KerasWriter writer = new KerasWriter(classify, parameters, text, false, words);
    List<KerasValue> predicted = writer.write(prediction, List.of(input(classify, text)));
    classify.output(ModelFunctions.LOGITS, logits(predicted.get(0)));

    if (found.attentions().isEmpty()) {
      seldomCalled(graph, prediction, text, parameters, found.alone()).ofWordVectors(words);
    } else {
      FunctionBuilder explain = graph.function(ModelFunctions.EXPLAIN);
      WordVectors explained = WordVectors.lookedUp();
      WrittenModel written = composed(explain, config, text, parameters, found, explained);
      written.output(explain);
      SeldomCalledFunctions seldom = seldomCalled(graph, config, text, parameters, found);
      seldom.ofAttention(written);
      seldom.ofWordVectors(explained);
    }
    return graph.build();
  }

  private static SeldomCalledFunctions seldomCalled(
      GraphBuilder graph,
      KerasModelConfig config,
      KerasText text,
      KerasParameters parameters,
      Found found) {
    Map<String, Float> numbers = parameters.numbers();
    return new SeldomCalledFunctions(
        graph,
        (function, known, words) ->
            composed(function, config, text, KerasParameters.known(numbers, known), found, words));
  }

  private static WrittenModel composed(
      FunctionBuilder function,
      KerasModelConfig config,
      KerasText text,
      KerasParameters parameters,
      Found found,
      WordVectors words) {
    KerasWriter writer = new KerasWriter(function, parameters, text, true, words);
    List<KerasValue> outputs = writer.write(config, List.of(input(function, text)));
    List<ShownAttention> shown = found.attentions().stream().map(writer.attentions()::get).toList();
    return new WrittenModel(
        logits(outputs.get(found.prediction())),
        shown.stream().map(ShownAttention::weights).toList(),
        whole(shown, ShownAttention::compared),
        whole(shown, ShownAttention::moved));
  }

  /** A part of each layer, or nothing if one has it not. */
  private static <T> List<T> whole(
      List<ShownAttention> shown, Function<ShownAttention, @Nullable T> part) {
    List<T> parts = new ArrayList<>();
    for (ShownAttention attention : shown) {
      T found = part.apply(attention);
      if (found == null) {
        return List.of();
      }
      parts.add(found);
    }
    return parts;
  }

  private static Tensor logits(KerasValue predicted) {
    return predicted.squashed() == null
        ? Objects.requireNonNull(predicted.tensor())
        : predicted.squashed().logits();
  }

  /**
   * The model.
   *
   * @return its graph
   */
  public Graph graph() {
    return graph;
  }

  /**
   * How many layers of attention {@link ModelFunctions#EXPLAIN} gives.
   *
   * @return 0 for a model without
   */
  public int layers() {
    return found.attentions().size();
  }

  /**
   * How many heads each layer has.
   *
   * @return 0 for a model without attention
   */
  public int heads() {
    return found.heads();
  }

  /**
   * The kind of the attention.
   *
   * @return whether it has queries and keys in each layer
   */
  public AttentionKind attentionKind() {
    return found.attentionKind();
  }

  /**
   * What the outputs are called.
   *
   * @return in output order; two for one output of which the second is the probability
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * What the outputs mean.
   *
   * @return the problem type
   */
  public ProblemType problemType() {
    return problemType;
  }

  /**
   * Whether padding is masked and so no token.
   *
   * @return true if no key of padding gets weight; without attention, if it has no part in the
   *     arithmetic
   */
  public boolean ignoresPadding() {
    return found.ignoresPadding();
  }

  /**
   * The words the model knows.
   *
   * @return how many
   */
  public int vocabularySize() {
    return text.vocabulary().size();
  }

  /**
   * The files that belong beside the model where it is exported: its words, how texts are cut, its
   * labels.
   *
   * @return text by file name
   */
  public SideFiles sideFiles() {
    return new SideFiles(text, labels, ignoresPadding());
  }

  /**
   * What the model is given in place of tokens: features of the text.
   *
   * @return how they are computed, or empty for a model that takes tokens
   */
  public Optional<TextFeatures> features() {
    return switch (text.mode()) {
      case INT -> Optional.empty();
      case MULTI_HOT, COUNT ->
          Optional.of(
              TextFeatures.of(
                  text.mode(), text.vectorization(), text.vocabulary(), text.features()));
      case TF_IDF ->
          Optional.of(
              TextFeatures.tfIdf(
                  text.vectorization(), text.vocabulary(), text.features(), text.frequencies()));
    };
  }

  /**
   * Makes the encoder of its texts.
   *
   * @param limit tokens at most, if fewer than the model takes
   * @return the encoder
   */
  public TextEncoder encoder(OptionalInt limit) {
    int own = text.length().orElse(USUAL_POSITIONS);
    int tokens = Math.min(limit.orElse(own), text.length().orElse(Integer.MAX_VALUE));
    if (text.mode() != OutputMode.INT) {
      return KerasTextEncoder.ofWords(text.vectorization(), text.vocabulary(), tokens);
    }
    if (ignoresPadding()) {
      KerasTextEncoder masked =
          KerasTextEncoder.masked(text.vectorization(), text.vocabulary(), tokens);
      // Attention to padding alone is to all of it.
      return found.needsToken()
          ? masked
          : masked.withEmptyTextsAsPadding(layers() > 0 ? text.length().orElse(1) : 1);
    }
    KerasTextEncoder shown =
        text.length().isPresent()
            ? new KerasTextEncoder(text.vectorization(), text.vocabulary(), own, tokens)
            : KerasTextEncoder.unpadded(text.vectorization(), text.vocabulary(), tokens);
    return found.needsToken() ? shown.withEmptyTextsAsUnknownWord() : shown;
  }
}
