package io.github.attentive.djl.contract;

import io.github.attentive.Padding;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.BiGruGraph;
import io.github.attentive.djl.architecture.CheckpointWeights;
import io.github.attentive.djl.architecture.HuggingFaceModel;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.keras.KerasSettings;
import io.github.attentive.djl.keras.SavedKerasModel;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The gradient functions of a model, and texts of random tokens for them: the second is shorter and
 * padded.
 */
record GradientGraph(Graph graph) {
  static final int TEXTS = 2;
  private static final int LENGTH = 7;
  private static final int PADDING = 2;

  /** Above the special tokens of the fixtures. */
  private static final int FIRST_TOKEN = 5;

  /** Kinds of models and fixtures of them. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    SharedFixtures.HUGGING_FACE.forEach(family -> names.add("hf/" + family));
    SharedFixtures.KERAS_WITH_ATTENTION.forEach(fixture -> names.add("keras/" + fixture));
    names.add("keras/c_100_noatt");
    for (String fixture : BiGruGolden.FIXTURES) {
      for (Padding padding : Padding.values()) {
        names.add("bigru/" + fixture + "/" + padding);
      }
    }
    names.add("attentive-keras/true");
    names.add("attentive-keras/false");
    return names;
  }

  static GradientGraph of(String name) throws IOException {
    return of(model(name));
  }

  /** The whole graph of a model. */
  static Graph model(String name) throws IOException {
    String[] parts = name.split("/");
    return switch (parts[0]) {
      case "hf" -> huggingFace(SharedFixtures.path(name));
      case "keras" -> keras(SharedFixtures.path(name).resolve("model.keras"));
      case "bigru" -> {
        BiGruGolden golden = BiGruGolden.of(parts[1]);
        BiGruConfig config = golden.with(Padding.valueOf(parts[2]));
        yield BiGruGraph.of(config, golden.weights());
      }
      default -> attentiveKeras(Boolean.parseBoolean(parts[1]));
    };
  }

  /** The functions of a model's graph that have to do with gradients, each written once. */
  static GradientGraph of(Graph model) {
    return new GradientGraph(
        new Graph(
            model.parameters(),
            Stream.of(
                    ModelFunctions.EMBED,
                    ModelFunctions.ATTENTION_GRADIENTS,
                    ModelFunctions.EMBEDDING_GRADIENTS)
                .filter(model::has)
                .map(model::function)
                .toList()));
  }

  private static Graph huggingFace(Path directory) {
    return HuggingFaceModel.of(JsonFile.read(directory.resolve("config.json")))
        .graph(new CheckpointWeights(Checkpoint.read(directory)));
  }

  private static Graph keras(Path file) {
    return SavedKerasModel.read(file, KerasSettings.of(file.getParent())).graph();
  }

  private static Graph attentiveKeras(boolean attention) {
    SplittableRandom random = new SplittableRandom(11);
    return attentiveKeras(attention, count -> floats(random, count));
  }

  /** A model that gives all its three logits the same number. */
  static GradientGraph ofEqualLogits() {
    return of(attentiveKeras(true, float[]::new));
  }

  private static Graph attentiveKeras(boolean attention, IntFunction<float[]> numbers) {
    KerasConfig config = new KerasConfig(attention, 20, 6, LENGTH, List.of("bad", "fair", "good"));
    Map<String, Parameter> weights = new LinkedHashMap<>();
    KerasGraph.parameterShapes(config)
        .forEach(
            (name, shape) ->
                weights.put(
                    name, Parameter.of(name, shape, numbers.apply((int) shape.elements()))));
    return KerasGraph.of(config, weights);
  }

  static float[] floats(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  boolean has(String function) {
    return graph.has(function);
  }

  /** The inputs of a function but the last ones, which are floats. */
  List<HostArray> texts(String function) {
    return graph.function(function).inputs().stream()
        .filter(input -> !isFloats(input.name()))
        .map(input -> (HostArray) tokens(input))
        .toList();
  }

  private static boolean isFloats(String input) {
    return Set.of(
            ModelFunctions.EMBEDDINGS,
            ModelFunctions.OUTPUT_WEIGHTS,
            ModelFunctions.LARGEST_WEIGHTS)
        .contains(input);
  }

  /** How many outputs the model has. */
  int outputs() {
    List<Function.Named> inputs = graph.function(ModelFunctions.EMBEDDING_GRADIENTS).inputs();
    return (int) inputs.get(inputs.size() - 1).tensor().shape().axis(1).size();
  }

  private HostArray.Longs tokens(Function.Named input) {
    Axis axis = input.tensor().shape().axis(1);
    int length = axis.name() == null ? (int) axis.size() : LENGTH;
    boolean isPadded = has(ModelFunctions.ATTENTION_MASK, input) || length != LENGTH;
    SplittableRandom random = new SplittableRandom(3);
    long[] values = new long[TEXTS * length];
    for (int text = 0; text < TEXTS; text++) {
      int tokens = text == 1 && isPadded ? length - PADDING : length;
      for (int i = 0; i < tokens; i++) {
        values[text * length + i] =
            switch (input.name()) {
              case ModelFunctions.INPUT_IDS ->
                  random.nextInt(Math.min(FIRST_TOKEN, vocabulary() / 2), vocabulary());
              case ModelFunctions.TOKEN_TYPE_IDS -> i < 3 ? 0 : 1;
              default -> 1;
            };
      }
    }
    return new HostArray.Longs(new long[] {TEXTS, length}, values);
  }

  /** Whether the function of an input has another of a name. */
  private boolean has(String name, Function.Named input) {
    return graph.functions().stream()
        .filter(function -> function.inputs().contains(input))
        .flatMap(function -> function.inputs().stream())
        .anyMatch(other -> other.name().equals(name));
  }

  private int vocabulary() {
    return graph.function(ModelFunctions.EMBED).steps().stream()
        .map(Function.Step::operation)
        .flatMap(
            operation ->
                operation instanceof Operation.Embedding embedding
                    ? Stream.of((int) embedding.table().shape().axis(0).size())
                    : Stream.empty())
        .findFirst()
        .orElseThrow();
  }
}
