package io.github.attentive.pytorch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model computes from its parameters alone, such as the projections of relative positions:
 * computed once, when the parameters are bound, and kept as attributes. Functions that compute the
 * same share it, those of a module that borrows the attributes of another, too.
 */
final class FoldedConstants {
  private static final String PREFIX = "folded_";

  private final Map<String, String> attributeOfExpression = new LinkedHashMap<>();
  private final Map<String, String> borrowed;

  /** For a module of its own. */
  FoldedConstants() {
    this(Map.of());
  }

  private FoldedConstants(Map<String, String> borrowed) {
    this.borrowed = borrowed;
  }

  /** For a module that borrows the attributes of a complete one. */
  FoldedConstants lent() {
    return new FoldedConstants(Map.copyOf(attributeOfExpression));
  }

  /** The attribute that keeps the value of an expression. */
  String attributeOf(String expression) {
    String known = borrowed.get(expression);
    return known != null
        ? known
        : attributeOfExpression.computeIfAbsent(
            expression, added -> PREFIX + (borrowed.size() + attributeOfExpression.size()));
  }

  /** The attributes in the order in which they were added, without borrowed ones. */
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
