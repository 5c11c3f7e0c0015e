package io.github.attentive.djl.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TrainingHistory;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.AttentiveDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a trained model as a directory, and the history of the training. */
final class ModelDirectoryWriter {
  private static final String HISTORY = "training.jsonl";
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ModelDirectoryWriter() {}

  /**
   * Writes everything, in the place of a model that is there.
   *
   * @param directory where; exists
   * @param config what {@code config.json} says
   * @param weights by the names of a checkpoint
   * @param textFiles vocabulary or tokenizer, by name
   * @param history of the training
   * @throws ModelLoadException if something cannot be written
   */
  static void write(
      Path directory,
      JsonObject config,
      List<Parameter> weights,
      Map<String, byte[]> textFiles,
      TrainingHistory history) {
    // The configuration goes first and comes last: without it, what is there opens as no model.
    Path configuration = directory.resolve(AttentiveDirectory.CONFIG);
    delete(configuration);
    SafetensorsWriter.write(directory.resolve(AttentiveDirectory.WEIGHTS), weights);
    TokenizerFiles.NAMES.stream()
        .filter(name -> !textFiles.containsKey(name))
        .forEach(name -> delete(directory.resolve(name)));
    textFiles.forEach((name, bytes) -> AtomicFiles.write(directory.resolve(name), bytes));
    AtomicFiles.write(directory.resolve(HISTORY), utf8(EpochReportJson.lines(history)));
    AtomicFiles.write(configuration, utf8(PRETTY.toJson((JsonElement) config) + "\n"));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be replaced: " + e, e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
