package io.github.attentive.pytorch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model computes from its parameters alone, such as the projections of relative positions:
 * computed once, when the parameters are bound, and kept as attributes. Functions that compute the
 * same share it.
 */
final class FoldedConstants {
  private static final String PREFIX = "folded_";

  private final Map<String, String> attributeOfExpression = new LinkedHashMap<>();

  /** The attribute that keeps the value of an expression. */
  String attributeOf(String expression) {
    return attributeOfExpression.computeIfAbsent(
        expression, added -> PREFIX + attributeOfExpression.size());
  }

  /** The attributes in the order in which they were added. */
  List<String> attributes() {
    return List.copyOf(attributeOfExpression.values());
  }

  /** A statement for each attribute. */
  String statements() {
    StringBuilder statements = new StringBuilder();
    attributeOfExpression.forEach(
        (expression, attribute) ->
            statements.append("    self." + attribute + " = " + expression + "\n"));
    return statements.toString();
  }
}
