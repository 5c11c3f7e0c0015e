package io.github.attentive.djl.runtime;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.text.PortableTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model directory as it is exported. Immutable, but for the bytes.
 *
 * @param graph with {@link ModelFunctions#CLASSIFY} and, for a model with attention, {@link
 *     ModelFunctions#EXPLAIN}
 * @param files what belongs beside the graph, by file name, in the order of the alphabet: labels,
 *     tokenizer or vocabulary
 */
public record PortableModel(Graph graph, Map<String, byte[]> files) {
  private static final List<String> EXPORTED =
      List.of(ModelFunctions.CLASSIFY, ModelFunctions.EXPLAIN);

  /** From a graph as this library runs it. */
  static PortableModel of(Graph graph, Map<String, byte[]> files) {
    List<Function> functions =
        graph.functions().stream().filter(function -> EXPORTED.contains(function.name())).toList();
    return new PortableModel(new Graph(graph.parameters(), functions), new TreeMap<>(files));
  }

  /** From a graph, the configuration beside its weights, and its tokenizer. */
  static PortableModel of(Graph graph, Path configuration, PortableTokenizer tokenizer) {
    return of(
        graph,
        Map.of(
            configuration.getFileName().toString(),
            copy(configuration),
            PortableTokenizer.FILE,
            tokenizer.json().getBytes(StandardCharsets.UTF_8),
            PortableTokenizer.SETTINGS_FILE,
            tokenizer.settings().getBytes(StandardCharsets.UTF_8)));
  }

  /** A file that goes along as it is. */
  static byte[] copy(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be read: " + e, e);
    }
  }
}
