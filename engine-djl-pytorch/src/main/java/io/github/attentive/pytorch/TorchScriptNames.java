package io.github.attentive.pytorch;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The attributes that a graph's parameters become: their names as identifiers, all different. */
final class TorchScriptNames {
  private final Map<Parameter, String> attributes = new HashMap<>();

  TorchScriptNames(Graph graph) {
    Set<String> taken = new HashSet<>();
    for (Parameter parameter : graph.parameters()) {
      String attribute = parameter.name().replaceAll("[^A-Za-z0-9_]", "_");
      while (!taken.add(attribute)) {
        attribute += "_";
      }
      attributes.put(parameter, attribute);
    }
  }

  String of(Parameter parameter) {
    String attribute = attributes.get(parameter);
    if (attribute == null) {
      throw new IllegalArgumentException(parameter + " is not a parameter of this graph");
    }
    return attribute;
  }
}
