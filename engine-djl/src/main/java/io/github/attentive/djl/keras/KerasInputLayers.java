package io.github.attentive.djl.keras;

import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;

/** Where texts become tokens and tokens become vectors; and models within a model. */
final class KerasInputLayers {
  private KerasInputLayers() {}

  /** The text encoder has done it: what comes in is what the layer gives. */
  static List<KerasValue> textVectorization(KerasScope scope) {
    // Its options were read where the encoder was made.
    scope.layer().options().names().forEach(scope.options()::element);
    return List.of(scope.input().at(1));
  }

  static List<KerasValue> embedding(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    int rows = options.positive("input_dim");
    int size = options.positive("output_dim");
    boolean masks = options.flag("mask_zero", false);
    KerasValue input = scope.input();
    Tensor ids = input.tensor();
    if (ids == null || ids.type() != ElementType.INT64) {
      throw scope.fail("expected the tokens of the model's input, got results of another layer");
    }
    scope.writer().text().requireRows(rows, scope.layer().place());
    Parameter table = scope.weight("vars/0", 0, "embeddings", Shape.ofSizes(rows, size));
    FunctionBuilder function = scope.function();
    KerasValue vectors =
        new KerasValue(
            scope.writer().words().of(function, table, ids), null, input.positions(), null);
    if (!masks) {
      return List.of(vectors);
    }
    scope.writer().masksPadding();
    return List.of(vectors.masked(function.toFloat(function.notEqual(ids, 0))));
  }

  static List<KerasValue> model(KerasScope scope) {
    KerasLayer layer = scope.layer();
    layer.options().names().forEach(scope.options()::element);
    List<KerasValue> inputs =
        scope.inputs().stream().map(input -> input.masked(scope.mask(input))).toList();
    KerasModelConfig config =
        KerasModelConfig.within(layer.className(), layer.options(), layer.weights() + "/");
    return scope.writer().write(config, inputs);
  }
}
