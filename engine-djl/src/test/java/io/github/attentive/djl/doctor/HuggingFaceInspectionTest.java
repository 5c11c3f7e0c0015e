package io.github.attentive.djl.doctor;

import static io.github.attentive.djl.doctor.BertDirectory.CONFIG;
import static io.github.attentive.djl.doctor.BertDirectory.SETTINGS;
import static io.github.attentive.djl.doctor.BertDirectory.TOKENIZER;
import static io.github.attentive.djl.doctor.BertDirectory.WEIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.Finding;
import io.github.attentive.Finding.Severity;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Healthy directories, and one broken in each way that the files can tell. */
class HuggingFaceInspectionTest {
  @TempDir Path folder;
  private BertDirectory bert;

  @BeforeEach
  void copy() throws IOException {
    bert = BertDirectory.copy(folder);
  }

  /** The only complaint. */
  private Finding only(Severity severity, String subject) {
    List<Finding> complaints = bert.complaints();
    assertThat(complaints).hasSize(1);
    assertThat(complaints.get(0).severity()).as(complaints.toString()).isEqualTo(severity);
    assertThat(complaints.get(0).subject()).isEqualTo(subject);
    return complaints.get(0);
  }

  private List<String> remarks(String subject) {
    return bert.findings().stream()
        .filter(f -> f.severity() == Severity.OK && f.subject().equals(subject))
        .map(Finding::text)
        .toList();
  }

  @ParameterizedTest
  @FieldSource("io.github.attentive.djl.SharedFixtures#HUGGING_FACE")
  void fixturesAreHealthy(String family) {
    assertThat(DirectoryInspection.of(SharedFixtures.path("hf/" + family), LoadOptions.defaults()))
        .hasSizeGreaterThanOrEqualTo(9)
        .allSatisfy(f -> assertThat(f.severity()).as(f.text()).isEqualTo(Severity.OK));
  }

  @Test
  void saysWhatItSaw() {
    assertThat(bert.findings())
        .extracting(Finding::subject, Finding::text)
        .containsExactly(
            tuple("configuration", "bert, layers: 3, heads: 4, positions: 32, tokens: 240"),
            tuple("labels", "one applies of Negative, Neutral, Positive"),
            tuple(
                "weights",
                "model.safetensors: 57 tensors, 32499 numbers of type F32, all of the shapes that"
                    + " config.json implies"),
            tuple("numbers", "every weight is finite, and no matrix is all zeros"),
            tuple("tokenizer", "tokenizer.json: 240 tokens, the model has rows for 240"),
            tuple("special tokens", "texts start with [CLS] and end with [SEP]"),
            tuple("unknown words", "0 of the 16 tokens of a plain English sentence"),
            tuple(
                "length",
                "texts are cut to 32 tokens (positions of the model: 32, model_max_length of the"
                    + " tokenizer: 32)"),
            tuple("pairs", "tokens of the second text have type 1"));
  }

  @Test
  void whatIsNoSuchDirectoryIsNotLookedAt() throws IOException {
    Path file = Files.createFile(folder.resolve("model.pt"));
    assertThat(DirectoryInspection.of(file, LoadOptions.defaults())).isEmpty();
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(DirectoryInspection.of(empty, LoadOptions.defaults())).isEmpty();
    Files.writeString(folder.resolve(CONFIG), "{\"model_type\":\"gpt2\"}");
    assertThat(bert.findings()).isEmpty();
  }

  @Test
  void oneBrokenFileDoesNotHideTheOthers() throws IOException {
    bert.edit(CONFIG, json -> json.addProperty("hidden_act", "wobble"));
    bert.weights(w -> BertDirectory.change(w, "classifier.bias", v -> v[1] = Float.NaN));
    assertThat(bert.complaints())
        .extracting(Finding::severity, Finding::subject)
        .containsExactly(
            tuple(Severity.PROBLEM, "configuration"), tuple(Severity.PROBLEM, "numbers"));
    assertThat(bert.complaints().get(0).text()).contains("'hidden_act'", "\"wobble\"");
    assertThat(remarks("tokenizer")).containsExactly("tokenizer.json: 240 tokens");

    Files.delete(folder.resolve(TOKENIZER));
    Files.delete(folder.resolve(WEIGHTS));
    assertThat(bert.complaints())
        .allSatisfy(f -> assertThat(f.severity()).isEqualTo(Severity.PROBLEM))
        .extracting(Finding::subject)
        .containsExactly("configuration", "weights", "tokenizer");
  }

  @Test
  void weightsMissingOrOfAnotherShapeAreProblems() throws IOException {
    bert.weights(w -> w.remove("bert.pooler.dense.bias"));
    assertThat(only(Severity.PROBLEM, "weights").text())
        .contains("'bert.pooler.dense.bias'", "got no such tensor");
    bert.edit(CONFIG, json -> json.add("id2label", JsonParser.parseString("{\"0\":\"a\"}")));
    bert.edit(CONFIG, json -> json.addProperty("problem_type", "regression"));
    bert.weights(
        w ->
            w.put(
                "bert.pooler.dense.bias",
                Parameter.of("bert.pooler.dense.bias", Shape.ofSizes(32), new float[32])));
    assertThat(only(Severity.PROBLEM, "weights").text())
        .contains("'classifier.weight'", "expected shape [1, 32]", "got [3, 32]");
  }

  @Test
  void weightsThatNobodyUsesAreNamedByWhatTheyLookLike() throws IOException {
    bert.weights(
        w -> {
          BertDirectory.copy(w, "classifier.bias", "bert.embeddings.position_ids");
          BertDirectory.copy(w, "classifier.bias", "cls.predictions.bias");
          BertDirectory.copy(w, "classifier.bias", "someone.elses");
        });
    assertThat(bert.complaints()).isEmpty();
    assertThat(remarks("weights"))
        .last()
        .isEqualTo(
            "not needed to classify: 'bert.embeddings.position_ids', 'cls.predictions.bias',"
                + " 'someone.elses'");
    bert.edit(CONFIG, json -> json.addProperty("num_hidden_layers", 2));
    Finding layers = only(Severity.WARNING, "weights");
    assertThat(layers.text())
        .startsWith("not used, though they look like the model's own: 'bert.encoder.layer.2.")
        .endsWith(" and 10 more");
    assertThat(layers.remedy()).contains("num_hidden_layers");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY})
  void numbersThatAreNotFiniteAreNamed(float bad) throws IOException {
    bert.weights(
        w -> {
          BertDirectory.change(w, "classifier.weight", v -> v[95] = bad);
          BertDirectory.change(w, "bert.pooler.dense.bias", v -> Arrays.fill(v, bad));
        });
    Finding finding = only(Severity.PROBLEM, "numbers");
    assertThat(finding.text())
        .startsWith("expected finite weights, got NaN or infinities in ")
        .contains("'classifier.weight' (1 of 96)", "'bert.pooler.dense.bias' (32 of 32)");
    assertThat(finding.remedy()).contains("checkpoint");
  }

  @Test
  void numbersOfUnusedWeightsAreNoProblem() throws IOException {
    bert.weights(
        w -> {
          BertDirectory.copy(w, "classifier.bias", "cls.predictions.bias");
          BertDirectory.change(w, "cls.predictions.bias", v -> v[0] = Float.NaN);
        });
    assertThat(only(Severity.WARNING, "numbers").text())
        .isEqualTo(
            "NaN or infinities in weights that are not used: 'cls.predictions.bias' (1 of 3)");
  }

  @Test
  void aHeadOfZerosIsSuspect() throws IOException {
    bert.weights(
        w -> {
          BertDirectory.change(w, "classifier.weight", v -> Arrays.fill(v, 0));
          BertDirectory.change(w, "classifier.bias", v -> Arrays.fill(v, 0));
          BertDirectory.change(
              w, "bert.embeddings.token_type_embeddings.weight", v -> Arrays.fill(v, 0));
        });
    assertThat(only(Severity.WARNING, "numbers").text())
        .isEqualTo("nothing but zeros in 'classifier.weight'");
  }

  @Test
  void classesWithoutNamesAreAWarning() throws IOException {
    bert.edit(
        CONFIG,
        json -> {
          json.remove("id2label");
          json.addProperty("num_labels", 3);
        });
    Finding finding = only(Severity.WARNING, "labels");
    assertThat(finding.text())
        .isEqualTo("the classes have no names, only LABEL_0, LABEL_1, LABEL_2");
    assertThat(finding.remedy()).contains("config.json", "\"id2label\": {\"0\":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multi_label_classification|any number apply of Negative, Neutral, Positive",
        "regression|a measure each: Negative, Neutral, Positive",
      })
  void labelsAreReadAsTheProblemTypeSays(String type, String text) throws IOException {
    bert.edit(CONFIG, json -> json.addProperty("problem_type", type));
    assertThat(bert.complaints()).isEmpty();
    assertThat(remarks("labels")).containsExactly(text);
  }

  @Test
  void oneLabelOfWhichOneAppliesIsAProblem() throws IOException {
    bert.edit(
        CONFIG,
        json -> {
          json.add("id2label", JsonParser.parseString("{\"0\":\"good\"}"));
          json.addProperty("problem_type", "single_label_classification");
        });
    assertThat(bert.complaints())
        .first()
        .satisfies(f -> assertThat(f.text()).contains("expected at least 2, got [good]"))
        .satisfies(f -> assertThat(f.remedy()).contains("regression"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Neutral\":0}", "{\"Neutral\":\"2\"}", "{\"Neutral\":[]}"})
  void labelsThatContradictEachOtherAreAWarning(String label2id) throws IOException {
    bert.edit(CONFIG, json -> json.add("label2id", JsonParser.parseString(label2id)));
    assertThat(only(Severity.WARNING, "labels").text())
        .contains("output 1 is 'Neutral' by id2label, by label2id it is not");
    bert.edit(CONFIG, json -> json.add("label2id", JsonParser.parseString("{\"Neutral\":\"1\"}")));
    assertThat(bert.complaints()).isEmpty();
  }

  @Test
  void aTokenizerOfAnotherModelIsAProblem() throws IOException {
    bert.edit(
        TOKENIZER,
        json -> {
          JsonObject token = new JsonObject();
          token.addProperty("id", 240);
          token.addProperty("content", "<extra>");
          for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized", "special")) {
            token.addProperty(flag, false);
          }
          json.getAsJsonArray("added_tokens").add(token);
        });
    Finding finding = only(Severity.PROBLEM, "tokenizer");
    assertThat(finding.text())
        .endsWith("has tokens up to number 240, the model has rows up to 239 only");
    assertThat(finding.remedy()).contains("not the model's own");
  }

  @Test
  void aTokenizerWithoutSpecialTokensIsAWarning() throws IOException {
    bert.edit(TOKENIZER, json -> json.add("post_processor", null));
    Finding finding = only(Severity.WARNING, "special tokens");
    assertThat(finding.text()).contains("got the token '", "first", "last");
    assertThat(finding.remedy()).contains("post_processor");
    bert.edit(CONFIG, json -> json.addProperty("type_vocab_size", 1));
    bert.weights(
        w -> {
          String types = "bert.embeddings.token_type_embeddings.weight";
          w.put(types, Parameter.of(types, Shape.ofSizes(1, 32), new float[32]));
        });
    assertThat(bert.complaints())
        .extracting(Finding::severity, Finding::subject)
        .containsExactly(
            tuple(Severity.WARNING, "special tokens"), tuple(Severity.WARNING, "pairs"));
    assertThat(bert.complaints().get(1).text())
        .isEqualTo("the two texts follow each other without a special token between them");
  }

  @Test
  void wordsThatAreAllUnknownAreAWarning() throws IOException {
    bert.edit(
        TOKENIZER,
        json ->
            json.getAsJsonObject("model")
                .add(
                    "vocab",
                    JsonParser.parseString(
                        "{\"[PAD]\":0,\"[UNK]\":1,\"[CLS]\":2,\"[SEP]\":3,\"[MASK]\":4}")));
    assertThat(only(Severity.WARNING, "unknown words").text())
        .startsWith("no word of 'The movie was boring,");
  }

  @Test
  void paddingThatDiffersIsAWarning() throws IOException {
    bert.edit(CONFIG, json -> json.addProperty("pad_token_id", 5));
    assertThat(only(Severity.WARNING, "padding").text())
        .isEqualTo("the tokenizer pads with token 0, config.json has pad_token_id 5");
  }

  @Test
  void theLimitThatHoldsIsSaid() throws IOException {
    bert.edit(SETTINGS, json -> json.addProperty("model_max_length", 1e30));
    assertThat(remarks("length"))
        .containsExactly(
            "texts are cut to 32 tokens (positions of the model: 32, model_max_length of the"
                + " tokenizer: none)");
    bert.edit(SETTINGS, json -> json.addProperty("model_max_length", 7));
    assertThat(remarks("length")).first().asString().startsWith("texts are cut to 7 tokens");
    bert.edit(SETTINGS, json -> json.addProperty("model_max_length", 1));
    assertThat(bert.complaints())
        .allMatch(f -> f.severity() == Severity.PROBLEM)
        .anyMatch(f -> f.text().contains("maximum length: expected at least 2"));
  }

  @Test
  void tokenTypesThatAreLeftOutAreAWarning() throws IOException {
    bert.edit(
        SETTINGS,
        json -> json.add("model_input_names", BertDirectory.list("input_ids", "attention_mask")));
    Finding finding = only(Severity.WARNING, "pairs");
    assertThat(finding.text()).contains("by token types", "all type 0");
    assertThat(finding.remedy()).contains("token_type_ids in model_input_names");
  }

  @Test
  void aVocabularyThatIsNoneIsAProblem() throws IOException {
    bert.edit(TOKENIZER, json -> json.addProperty("added_tokens", "none"));
    assertThat(only(Severity.PROBLEM, "tokenizer").text()).contains("tokenizer.json: ");
    bert.edit(
        TOKENIZER,
        json -> {
          json.remove("added_tokens");
          json.getAsJsonObject("model").add("vocab", BertDirectory.list("a"));
        });
    assertThat(only(Severity.PROBLEM, "tokenizer").text()).contains("'vocab'", "save_pretrained");
  }
}
