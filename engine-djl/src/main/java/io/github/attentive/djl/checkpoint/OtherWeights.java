package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Weights of formats that are not read: what each is, and the way to one that is. */
enum OtherWeights {
  ADAPTER(
      "adapter_model\\..*",
      "is a PEFT adapter, which needs the model it was made for; merge them with PEFT:"
          + " AutoPeftModelForSequenceClassification.from_pretrained(dir)"
          + ".merge_and_unload().save_pretrained(merged)"),
  SHARD(
      "model-\\d+-of-\\d+\\.safetensors",
      "is one part of the weights; fetch "
          + Checkpoint.INDEX
          + ", which says where each tensor is"),
  PICKLE(
      ".*\\.(bin|pth|pt|ckpt|pkl)",
      "is a Python pickle, which can run code when it is opened, and so is not read; if you trust"
          + " where it is from, convert it once with transformers:"
          + " AutoModelForSequenceClassification.from_pretrained(dir)"
          + ".save_pretrained(dir, safe_serialization=True)"),
  TENSORFLOW(
      ".*\\.h5|.*\\.ckpt\\.(index|data-.*|meta)",
      "holds weights of TensorFlow; convert them once with transformers 4:"
          + " AutoModelForSequenceClassification.from_pretrained(dir, from_tf=True)"
          + ".save_pretrained(dir, safe_serialization=True)"),
  FLAX(
      ".*\\.msgpack",
      "holds weights of Flax; convert them once with transformers 4:"
          + " AutoModelForSequenceClassification.from_pretrained(dir, from_flax=True)"
          + ".save_pretrained(dir, safe_serialization=True)"),
  ONNX(
      ".*\\.onnx",
      "is an ONNX graph, in which the attention cannot be found; fetch "
          + Checkpoint.SINGLE
          + " of the model it was exported from"),
  GGUF(
      ".*\\.gguf",
      "is a GGUF file, of quantised weights; fetch "
          + Checkpoint.SINGLE
          + " of the model it was made from"),
  OTHER_SAFETENSORS(
      ".*\\.safetensors",
      "has not the name of a model's weights; if it holds them, name it " + Checkpoint.SINGLE);

  /** What training and OpenVINO leave under such names. */
  private static final Pattern NO_WEIGHTS =
      Pattern.compile("(training_args|optimizer|scheduler|scaler|rng_state|openvino).*");

  private static final int NAMES_SHOWN = 10;

  private final Pattern names;
  private final String advice;

  OtherWeights(String names, String advice) {
    this.names = Pattern.compile(names);
    this.advice = advice;
  }

  /** Why a directory without safetensors weights cannot be read. */
  static ModelLoadException refusal(Path directory) {
    List<String> names = names(directory);
    for (OtherWeights format : values()) {
      for (String name : names) {
        if (format.has(name)) {
          return new ModelLoadException(
              "%s: expected the weights as %s, got %s, which %s"
                  .formatted(directory, Checkpoint.SINGLE, Excerpt.of(name), format.advice));
        }
      }
    }
    return new ModelLoadException(
        "%s: expected the weights as %s, or %s with the files it names; got %s"
            .formatted(directory, Checkpoint.SINGLE, Checkpoint.INDEX, shown(names)));
  }

  private boolean has(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return names.matcher(lower).matches() && !NO_WEIGHTS.matcher(lower).matches();
  }

  /** Whether a directory has weights of any of these formats. */
  static boolean areIn(Path directory) {
    return names(directory).stream()
        .anyMatch(name -> Stream.of(values()).anyMatch(format -> format.has(name)));
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ModelLoadException(
          directory + ": expected a model directory, which cannot be listed: " + e, e);
    }
  }

  private static String shown(List<String> names) {
    if (names.isEmpty()) {
      return "no files";
    }
    String first =
        names.stream().limit(NAMES_SHOWN).map(Excerpt::of).collect(Collectors.joining(", "));
    return names.size() > NAMES_SHOWN
        ? first + " and " + (names.size() - NAMES_SHOWN) + " more"
        : first;
  }
}
