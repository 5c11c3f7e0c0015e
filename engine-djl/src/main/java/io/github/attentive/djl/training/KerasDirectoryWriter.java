package io.github.attentive.djl.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.attentive.EpochReport;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TrainingHistory;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.AttentiveDirectory;
import io.github.attentive.djl.text.Vocabulary;
import io.github.attentive.djl.text.VocabularyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what {@link AttentiveDirectory} opens, and the history of the training. */
final class KerasDirectoryWriter {
  private static final String HISTORY = "training.jsonl";
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();

  private KerasDirectoryWriter() {}

  static void write(
      Path directory,
      KerasConfig config,
      List<Parameter> weights,
      Vocabulary vocabulary,
      TrainingHistory history) {
    // The configuration goes first and comes last: without it, what is there opens as no model.
    Path configuration = directory.resolve(AttentiveDirectory.CONFIG);
    delete(configuration);
    SafetensorsWriter.write(directory.resolve(AttentiveDirectory.WEIGHTS), weights);
    AtomicFiles.write(
        directory.resolve(AttentiveDirectory.VOCABULARY), utf8(VocabularyFile.write(vocabulary)));
    AtomicFiles.write(directory.resolve(HISTORY), utf8(historyLines(history)));
    AtomicFiles.write(configuration, utf8(PRETTY.toJson(config.toJson()) + "\n"));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be replaced: " + e, e);
    }
  }

  private static String historyLines(TrainingHistory history) {
    StringBuilder lines = new StringBuilder();
    for (EpochReport epoch : history.epochs()) {
      JsonObject line = new JsonObject();
      line.addProperty("epoch", epoch.epoch());
      line.addProperty("loss", epoch.loss());
      line.addProperty("accuracy", epoch.accuracy());
      EpochReport.Validation validation = epoch.validation();
      if (validation != null) {
        line.addProperty("validationLoss", validation.loss());
        line.addProperty("validationAccuracy", validation.accuracy());
      }
      line.addProperty("seconds", epoch.seconds());
      lines.append(COMPACT.toJson(line)).append('\n');
    }
    return lines.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
