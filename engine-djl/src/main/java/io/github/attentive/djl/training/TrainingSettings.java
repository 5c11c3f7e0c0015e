package io.github.attentive.djl.training;

import io.github.attentive.Dataset;
import io.github.attentive.LabelledText;
import io.github.attentive.TrainingOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Everything that decides what a training gives, as texts that a checkpoint is compared by. */
final class TrainingSettings {
  private TrainingSettings() {}

  /**
   * Describes a training.
   *
   * @return what each setting is, by a name that a message can use
   */
  static Map<String, String> of(
      TrainingOptions options, Dataset training, @Nullable Dataset validation) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("recipe", options.recipe().id());
    settings.put("epochs", text(options.epochs()));
    settings.put("batch size", text(options.batchSize()));
    settings.put("batch parts", text(options.batchParts()));
    settings.put("learning rate", text(options.learningRate()));
    settings.put("warm-up", text(options.warmUp()));
    settings.put("weight decay", text(options.weightDecay()));
    settings.put("longest gradient", text(options.longestGradient()));
    settings.put("vocabulary", text(options.maxTokens()));
    settings.put("maximum length", text(options.maxLength()));
    settings.put("embedding size", text(options.embeddingSize()));
    settings.put("hidden size", text(options.hiddenSize()));
    settings.put("dropout", text(options.dropout()));
    settings.put("padding", text(options.padding()));
    settings.put("checkpoint to go on from", path(options.from()));
    settings.put("tokenizer", path(options.tokenizer()));
    settings.put("frozen layers", text(options.frozenLayers()));
    settings.put("balanced classes", text(options.balanced()));
    settings.put("patience", text(options.patience()));
    settings.put("seed", text(options.seed()));
    settings.put("engine", options.engine().orElse("by priority"));
    settings.put("device", text(options.device()));
    settings.put("threads", text(options.threads()));
    settings.put("training data", digest(training));
    settings.put("validation data", validation == null ? "none" : digest(validation));
    return settings;
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }

  private static String text(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "none";
  }

  private static String path(Optional<Path> path) {
    return path.map(p -> p.toAbsolutePath().normalize().toString()).orElse("none");
  }

  /** How many examples there are, and a digest of all that is in them. */
  private static String digest(Dataset data) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    data.labels().forEach(label -> add(digest, label));
    for (int i = 0; i < data.size(); i++) {
      LabelledText example = data.examples().get(i);
      add(digest, example.label());
      add(digest, example.input().text());
      String pair = example.input().pair();
      add(digest, pair == null ? "" : "+" + pair);
    }
    return data.size() + " examples, " + HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  /** With its length, so that no two sequences of texts are one. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
