package io.github.attentive.djl.keras;

import java.util.HashMap;
import java.util.Map;

/** The kinds of layers that are read, and the operations that Keras puts among them. */
final class KerasLayers {
  private static final Map<String, KerasLayerRule> LAYERS = new HashMap<>();
  private static final Map<String, KerasLayerRule> OPERATIONS = new HashMap<>();

  static {
    LAYERS.put("TextVectorization", KerasInputLayers::textVectorization);
    LAYERS.put("Embedding", KerasInputLayers::embedding);
    LAYERS.put("Sequential", KerasInputLayers::model);
    LAYERS.put("Functional", KerasInputLayers::model);
    LAYERS.put("Model", KerasInputLayers::model);

    LAYERS.put("Dense", KerasElementLayers::dense);
    LAYERS.put("Activation", KerasElementLayers::activation);
    LAYERS.put("Softmax", KerasElementLayers::softmax);
    LAYERS.put("ReLU", KerasElementLayers::relu);
    LAYERS.put("LeakyReLU", KerasElementLayers::leakyRelu);
    LAYERS.put("ELU", KerasElementLayers::elu);
    LAYERS.put("LayerNormalization", KerasElementLayers::layerNormalization);
    LAYERS.put("BatchNormalization", KerasElementLayers::batchNormalization);
    for (String identity :
        new String[] {
          "Dropout",
          "SpatialDropout1D",
          "GaussianNoise",
          "GaussianDropout",
          "AlphaDropout",
          "ActivityRegularization",
          "Identity"
        }) {
      LAYERS.put(identity, KerasElementLayers::identity);
    }

    LAYERS.put("Attention", KerasAttentionLayers::attention);
    LAYERS.put("AdditiveAttention", KerasAttentionLayers::additiveAttention);
    LAYERS.put("MultiHeadAttention", KerasMultiHeadAttention::write);

    LAYERS.put("GRU", KerasRecurrentLayers::write);
    LAYERS.put("LSTM", KerasRecurrentLayers::write);
    LAYERS.put("SimpleRNN", KerasRecurrentLayers::write);
    LAYERS.put("Bidirectional", KerasRecurrentLayers::bidirectional);

    LAYERS.put("GlobalAveragePooling1D", KerasShapeLayers::averagePooling);
    LAYERS.put("GlobalMaxPooling1D", KerasShapeLayers::maxPooling);
    LAYERS.put("Flatten", KerasShapeLayers::flatten);
    LAYERS.put("Permute", KerasShapeLayers::permute);
    LAYERS.put("Reshape", KerasShapeLayers::reshape);
    LAYERS.put("RepeatVector", KerasShapeLayers::repeatVector);

    LAYERS.put("Add", KerasMergeLayers::add);
    LAYERS.put("Subtract", KerasMergeLayers::subtract);
    LAYERS.put("Multiply", KerasMergeLayers::multiply);
    LAYERS.put("Maximum", KerasMergeLayers::maximum);
    LAYERS.put("Minimum", KerasMergeLayers::minimum);
    LAYERS.put("Average", KerasMergeLayers::average);
    LAYERS.put("Concatenate", KerasMergeLayers::concatenate);
    LAYERS.put("Dot", KerasMergeLayers::dot);

    OPERATIONS.put("NotEqual", KerasOperations::notEqual);
    OPERATIONS.put("ConvertToTensor", KerasOperations::same);
    OPERATIONS.put("LogicalOr", KerasOperations::either);
    OPERATIONS.put("Add", KerasOperations::add);
    OPERATIONS.put("Subtract", KerasOperations::subtract);
    OPERATIONS.put("Multiply", KerasOperations::multiply);
    OPERATIONS.put("Sum", KerasOperations::sum);
    OPERATIONS.put("Mean", KerasOperations::mean);
    OPERATIONS.put("ExpandDims", KerasOperations::expandDims);
    OPERATIONS.put("Squeeze", KerasOperations::squeeze);
  }

  private KerasLayers() {}

  /** Whether a kind is that of an operation, and of no layer. */
  static boolean isOperation(String className) {
    return OPERATIONS.containsKey(className) && !LAYERS.containsKey(className);
  }

  /**
   * The rule for a layer.
   *
   * @throws UnknownKerasLayerException if there is none
   */
  static KerasLayerRule rule(KerasLayer layer) {
    Map<String, KerasLayerRule> rules = layer.operation() ? OPERATIONS : LAYERS;
    KerasLayerRule rule = rules.get(layer.className());
    if (rule == null) {
      throw new UnknownKerasLayerException(
          "%s: expected %s of %s, got one that is not supported; export the model as a SavedModel"
                  .formatted(
                      layer.place(),
                      layer.operation() ? "an operation" : "a layer",
                      rules.keySet().stream().sorted().toList())
              + " and open it on the engine tensorflow");
    }
    return rule;
  }
}
