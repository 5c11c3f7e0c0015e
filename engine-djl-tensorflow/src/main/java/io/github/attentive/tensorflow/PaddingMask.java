package io.github.attentive.tensorflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Looks whether a graph masks its padding, for models that do not show their attention: an {@code
 * Embedding} with {@code mask_zero} compares the tokens with 0 by {@code NotEqual}. What becomes of
 * the mask cannot be seen; Keras hands it on to every layer.
 */
final class PaddingMask {
  private PaddingMask() {}

  static boolean isIn(GraphDef graph) {
    return isIn(graph.getNodeList())
        || graph.getLibrary().getFunctionList().stream()
            .map(FunctionDef::getNodeDefList)
            .anyMatch(PaddingMask::isIn);
  }

  private static boolean isIn(List<NodeDef> nodes) {
    Map<String, NodeDef> byName = new HashMap<>();
    nodes.forEach(node -> byName.put(node.getName(), node));
    return nodes.stream()
        .filter(node -> node.getOp().equals("NotEqual"))
        .anyMatch(node -> node.getInputList().stream().anyMatch(input -> isZero(byName, input)));
  }

  private static boolean isZero(Map<String, NodeDef> byName, String input) {
    NodeDef node = byName.get(input.split(":")[0]);
    // As long as there are nodes, lest a damaged graph leads in circles.
    for (int steps = 0; node != null && steps < byName.size(); steps++) {
      if (node.getOp().equals("Const")) {
        return isZero(node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor());
      }
      boolean passesOn = node.getOp().equals("Cast") || node.getOp().equals("Identity");
      node =
          passesOn && node.getInputCount() > 0 ? byName.get(node.getInput(0).split(":")[0]) : null;
    }
    return false;
  }

  private static boolean isZero(TensorProto value) {
    if (value.getDtype() == DataType.DT_INVALID || value.getTensorShape().getDimCount() > 0) {
      return false;
    }
    for (byte stored : value.getTensorContent().toByteArray()) {
      if (stored != 0) {
        return false;
      }
    }
    return value.getFloatValList().stream().allMatch(number -> number == 0)
        && value.getIntValList().stream().allMatch(number -> number == 0)
        && value.getInt64ValList().stream().allMatch(number -> number == 0)
        && value.getHalfValList().stream().allMatch(number -> number == 0)
        && value.getDoubleValList().stream().allMatch(number -> number == 0)
        && value.getBoolValCount() == 0
        && value.getStringValCount() == 0;
  }
}
