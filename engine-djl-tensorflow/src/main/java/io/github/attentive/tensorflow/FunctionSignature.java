package io.github.attentive.tensorflow;

import io.github.attentive.djl.graph.Function;
import java.util.List;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * What a function takes and gives, in the function's order, which a {@link SignatureDef} forgets.
 *
 * @param inputs the tensors to feed
 * @param outputs the tensors to fetch
 */
record FunctionSignature(List<TensorInfo> inputs, List<TensorInfo> outputs) {

  /** Puts a signature in order. */
  static FunctionSignature of(Function function, SignatureDef signature) {
    return new FunctionSignature(
        function.inputs().stream().map(input -> signature.getInputsOrThrow(input.name())).toList(),
        function.outputs().stream()
            .map(output -> signature.getOutputsOrThrow(output.name()))
            .toList());
  }

  /** The same where the names of all nodes start with a prefix. */
  FunctionSignature under(String prefix) {
    return new FunctionSignature(under(prefix, inputs), under(prefix, outputs));
  }

  private static List<TensorInfo> under(String prefix, List<TensorInfo> tensors) {
    return tensors.stream()
        .map(tensor -> tensor.toBuilder().setName(prefix + tensor.getName()).build())
        .toList();
  }
}
