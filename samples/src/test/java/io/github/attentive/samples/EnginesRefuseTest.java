package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.AttentiveException;
import io.github.attentive.Classifier;
import io.github.attentive.InferenceException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a model's files is refused by both engines in the same words. */
class EnginesRefuseTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final String ARCHIVE = "model.keras";

  @TempDir Path folder;

  private void copyEncoder() throws IOException {
    for (String file : List.of("config.json", WEIGHTS, "tokenizer.json", "tokenizer_config.json")) {
      copy("hf/bert", file);
    }
  }

  private void copyKeras() throws IOException {
    copy("keras/v_bigru", ARCHIVE);
    copy("keras/v_bigru", "vocabulary.txt");
  }

  private void copy(String fixture, String file) throws IOException {
    Files.write(
        folder.resolve(file), Files.readAllBytes(SharedFixtures.path(fixture).resolve(file)));
  }

  private void cut(String file, int length) throws IOException {
    Path path = folder.resolve(file);
    Files.write(path, Arrays.copyOf(Files.readAllBytes(path), length));
  }

  private static void replace(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  /** In the configuration within the archive. */
  private void replaceInArchive(String from, String to) throws IOException {
    try (FileSystem archive = FileSystems.newFileSystem(folder.resolve(ARCHIVE))) {
      replace(archive.getPath("config.json"), from, to);
    }
  }

  private String refusal() {
    return refusal(Classifier::load, Classifier::close, ModelLoadException.class);
  }

  private <M extends Classifier> String refusal(
      BiFunction<Path, LoadOptions, M> load,
      Consumer<M> use,
      Class<? extends AttentiveException> kind) {
    String pytorch = refusal("pytorch", load, use, kind);
    assertThat(refusal("tensorflow", load, use, kind)).isEqualTo(pytorch);
    return pytorch;
  }

  private <M extends Classifier> String refusal(
      String engine,
      BiFunction<Path, LoadOptions, M> load,
      Consumer<M> use,
      Class<? extends AttentiveException> kind) {
    Throwable thrown =
        catchThrowable(
            () -> {
              try (M model = load.apply(folder, LoadOptions.builder().engine(engine).build())) {
                use.accept(model);
              }
            });
    assertThat(thrown).as(engine).isInstanceOf(kind);
    return thrown.getMessage();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 100, 20_000})
  void cutWeights(int length) throws IOException {
    copyEncoder();
    cut(WEIGHTS, length);
    assertThat(refusal()).contains(WEIGHTS);
  }

  @ParameterizedTest
  @CsvSource({
    "config.json, config.json",
    "model.safetensors, safetensors",
    "tokenizer.json, vocab.txt",
  })
  void aFileOfAnEncoderIsMissing(String file, String said) throws IOException {
    copyEncoder();
    Files.delete(folder.resolve(file));
    assertThat(refusal()).contains(said);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"hidden_act\": \"gelu\"', '\"hidden_act\": \"mish\"', hidden_act",
    "'\"model_type\": \"bert\"', '\"model_type\": \"gpt2\"', model_type",
    "'\"num_attention_heads\": 4', '\"num_attention_heads\": 5', num_attention_heads",
  })
  void aConfigurationThatIsNotSupported(String from, String to, String said) throws IOException {
    copyEncoder();
    replace(folder.resolve("config.json"), from, to);
    assertThat(refusal()).contains(said);
  }

  @Test
  void aWordWithoutARowIsToldWhenItComes() throws IOException {
    copyEncoder();
    String tokenizer = Files.readString(folder.resolve("tokenizer.json"));
    Files.writeString(
        folder.resolve("tokenizer.json"),
        tokenizer.replaceFirst("\"the\":\\s*\\d+", "\"the\": 240"));
    assertThat(refusal(Classifier::load, model -> model.classify("the"), InferenceException.class))
        .contains("token 'the' has number 240");
  }

  @Test
  void aLambdaLayer() throws IOException {
    copyKeras();
    replaceInArchive("\"class_name\": \"Dense\"", "\"class_name\": \"Lambda\"");
    assertThat(refusal()).contains("(Lambda, ", "which is code that would have to run");
  }

  @Test
  void anUnknownLayer() throws IOException {
    copyKeras();
    replaceInArchive("\"class_name\": \"Dense\"", "\"class_name\": \"Conv1D\"");
    assertThat(refusal()).contains("(Conv1D, ");
  }

  @Test
  void aVocabularyIsMissing() throws IOException {
    copyKeras();
    Files.delete(folder.resolve("vocabulary.txt"));
    assertThat(refusal()).contains("vocabulary.txt");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 30_000})
  void aCutArchive(int length) throws IOException {
    copyKeras();
    cut(ARCHIVE, length);
    assertThat(refusal()).contains(ARCHIVE);
  }

  @Test
  void nothingToExplain() throws IOException {
    copy("keras/c_100_noatt", ARCHIVE);
    copy("keras/c_100_noatt", "vocabulary.txt");
    assertThat(
            refusal(AttentionExplainer::load, AttentionExplainer::close, ModelLoadException.class))
        .contains("has no attention layer");
  }

  @Test
  void noModelAtAll() throws IOException {
    assertThat(refusal()).contains(folder.toString());
    Files.write(folder.resolve("pytorch_model.bin"), "no zip".getBytes(StandardCharsets.US_ASCII));
    copy("hf/bert", "config.json");
    copy("hf/bert", "tokenizer.json");
    assertThat(refusal()).contains("pytorch_model.bin");
  }
}
