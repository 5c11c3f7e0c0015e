package io.github.attentive.djl.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.text.PortableTokenizer;
import io.github.attentive.djl.text.WordPieceLearner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that a trained model's tokenizer consists of. */
final class TokenizerFiles {
  /** What transformers may save of a tokenizer. */
  static final List<String> NAMES =
      List.of(
          PortableTokenizer.FILE,
          PortableTokenizer.SETTINGS_FILE,
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.txt",
          "vocab.json",
          "merges.txt",
          "spiece.model",
          "spm.model",
          "sentencepiece.bpe.model",
          "tokenizer.model");

  /** A piece that stands once in all texts teaches nothing of others. */
  private static final int LEAST_FREQUENCY = 2;

  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Special tokens by the role that transformers asks for them by. */
  private static final Map<String, List<String>> SPECIAL =
      new TreeMap<>(
          Map.of(
              "pad_token", List.of("[PAD]", "<pad>"),
              "unk_token", List.of("[UNK]", "<unk>"),
              "cls_token", List.of("[CLS]", "<s>"),
              "sep_token", List.of("[SEP]", "</s>"),
              "mask_token", List.of("[MASK]", "<mask>")));

  private TokenizerFiles() {}

  /**
   * Copies those of a directory.
   *
   * @param from where they are
   * @param to where they go; exists
   * @throws ModelLoadException if one cannot be read or written
   */
  static void copy(Path from, Path to) {
    read(from).forEach((name, bytes) -> AtomicFiles.write(to.resolve(name), bytes));
  }

  /**
   * Reads those of a directory.
   *
   * @return the bytes of those that are there, by name
   * @throws ModelLoadException if one cannot be read
   */
  static Map<String, byte[]> read(Path directory) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : NAMES) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        files.put(name, bytes(file));
      }
    }
    return files;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be read: " + e, e);
    }
  }

  /**
   * Takes a tokenizer alone, and adds what transformers wants to know beside it.
   *
   * @param file as {@code tokenizer.json}
   * @param to where it goes; exists
   * @param maxLength the most positions of a text
   * @throws InvalidInputException if the file is missing
   * @throws ModelLoadException if it is no JSON object
   */
  static void ofFile(Path file, Path to, int maxLength) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "tokenizer %s: there is no such file; expected one like tokenizer.json".formatted(file));
    }
    byte[] bytes = bytes(file);
    JsonFile json = JsonFile.of(file, new String(bytes, StandardCharsets.UTF_8));
    AtomicFiles.write(to.resolve(PortableTokenizer.FILE), bytes);
    String settings = PRETTY.toJson((JsonElement) settings(json, maxLength)) + "\n";
    AtomicFiles.write(to.resolve(PortableTokenizer.SETTINGS_FILE), utf8(settings));
  }

  /**
   * Learns word pieces from texts.
   *
   * @param texts the examples, pairs included
   * @param size entries of the vocabulary at most
   * @param to where the tokenizer goes; exists
   * @param maxLength the most positions of a text
   * @throws io.github.attentive.InvalidInputException if there is nothing to learn from
   */
  static void learn(Dataset texts, int size, Path to, int maxLength) {
    Iterable<String> all =
        () ->
            texts.examples().stream()
                .flatMap(e -> Stream.of(e.input().text(), e.input().pair()))
                .filter(Objects::nonNull)
                .iterator();
    PortableTokenizer tokenizer =
        PortableTokenizer.ofWordPieces(
            WordPieceLearner.learn(all, size, LEAST_FREQUENCY), maxLength);
    AtomicFiles.write(to.resolve(PortableTokenizer.FILE), utf8(tokenizer.json()));
    AtomicFiles.write(to.resolve(PortableTokenizer.SETTINGS_FILE), utf8(tokenizer.settings()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject settings(JsonFile tokenizer, int maxLength) {
    JsonObject settings = new JsonObject();
    settings.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
    settings.addProperty("model_max_length", maxLength);
    List<String> added =
        tokenizer.element("added_tokens") instanceof JsonArray
            ? tokenizer.objects("added_tokens").stream().map(t -> t.string("content")).toList()
            : List.of();
    SPECIAL.forEach(
        (role, names) ->
            names.stream()
                .filter(added::contains)
                .findFirst()
                .ifPresent(name -> settings.addProperty(role, name)));
    return settings;
  }
}
