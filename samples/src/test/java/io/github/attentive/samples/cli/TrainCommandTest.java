package io.github.attentive.samples.cli;

import static io.github.attentive.samples.cli.CommandRun.done;
import static io.github.attentive.samples.cli.CommandRun.fails;
import static io.github.attentive.samples.cli.CommandRun.json;
import static io.github.attentive.samples.cli.CommandRun.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  @TempDir private Path folder;

  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    data = Files.writeString(folder.resolve("train.csv"), "great,1\nfine,1\nbad,0\npoor,0\n");
  }

  private CommandRun train(String directory, String... more) {
    List<String> all = new ArrayList<>(List.of("train", "--recipe", "keras-attention"));
    all.addAll(List.of("--train", data.toString(), "--out", folder.resolve(directory).toString()));
    all.addAll(List.of(more));
    return done(all.toArray(String[]::new));
  }

  private List<String> history(String directory) throws IOException {
    return lines(Files.readString(folder.resolve(directory).resolve("training.jsonl")));
  }

  @Test
  void withoutValidationTheLastEpochIsKeptAndPrinted() throws IOException {
    CommandRun run = train("m", "--epochs", "7");
    List<String> history = history("m");
    assertThat(history).hasSize(7);
    for (int epoch = 1; epoch <= 7; epoch++) {
      Json line = Json.parse(history.get(epoch - 1));
      assertThat(line.names()).containsExactly("epoch", "loss", "accuracy", "seconds");
      assertThat(line.at("epoch").integer()).isEqualTo(epoch);
      assertThat(line.at("loss").number()).isPositive();
      assertThat(line.at("accuracy").number()).isIn(0.0, 0.25, 0.5, 0.75, 1.0);
      assertThat(line.at("seconds").number()).isPositive();
    }
    assertThat(run.out()).isEqualTo(history.get(6) + "\n");
  }

  @Test
  void withValidationTheEarliestBestEpochIsKeptAndPrinted() throws IOException {
    Path heldOut =
        Files.writeString(folder.resolve("held-out.tsv"), "great\t1\nbad\t0\nfine\t1\npoor\t0\n");
    CommandRun run =
        train("m", "--validation", heldOut.toString(), "--epochs", "150", "--seed", "3");
    String kept = lines(run.out()).get(lines(run.out()).size() - 1);
    List<String> history = history("m");
    double best = -1;
    String earliestBest = "";
    for (String text : history) {
      Json line = Json.parse(text);
      assertThat(line.names())
          .containsExactly(
              "epoch", "loss", "accuracy", "validationLoss", "validationAccuracy", "seconds");
      assertThat(line.at("validationLoss").number()).isPositive();
      double accuracy = line.at("validationAccuracy").number();
      if (accuracy > best) {
        best = accuracy;
        earliestBest = text;
      }
    }
    assertThat(kept).isEqualTo(earliestBest);
    assertThat(kept).as("else this test sees no difference").isNotEqualTo(history.get(149));
    String model = folder.resolve("m").toString();
    assertThat(
            json("evaluate", "--model", model, "--input", heldOut.toString())
                .get(0)
                .at("accuracy")
                .number())
        .isCloseTo(best, within(1e-12));
  }

  @Test
  void keptWeightsAreThoseOfTheKeptEpoch() throws IOException {
    Path heldOut = Files.writeString(folder.resolve("held-out.csv"), "great,1\nbad,0\n");
    CommandRun run = train("kept", "--validation", heldOut.toString(), "--epochs", "100");
    int epoch = Json.parse(run.out().strip()).at("epoch").integer();
    assertThat(epoch).isLessThan(100);
    train("short", "--epochs", Integer.toString(epoch));
    assertThat(folder.resolve("kept/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("short/model.safetensors"));
  }

  @Test
  void sameSeedGivesTheSameBytes() throws IOException {
    train("one", "--seed", "9", "--epochs", "8");
    train("two", "--seed", "9", "--epochs", "8");
    train("other", "--seed", "10", "--epochs", "8");
    for (String file : List.of("model.safetensors", "vocabulary.txt", "config.json")) {
      assertThat(folder.resolve("one").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("two").resolve(file));
    }
    assertThat(Files.readAllBytes(folder.resolve("other/model.safetensors")))
        .isNotEqualTo(Files.readAllBytes(folder.resolve("one/model.safetensors")));
  }

  @Test
  void labelsNameTheClassesInTheSortedOrderOfTheirValues() throws IOException {
    data = Files.writeString(folder.resolve("train.csv"), "great,10\nbad,2\nso so,9\n");
    train("values", "--epochs", "1");
    train("names", "--epochs", "1", "--labels", "low,middle,high");
    assertThat(labels("values")).containsExactly("2", "9", "10");
    assertThat(labels("names")).containsExactly("low", "middle", "high");
    Json config = Json.parse(Files.readString(folder.resolve("names/config.json")));
    assertThat(config.at("id2label").at("2").string()).isEqualTo("high");
  }

  private List<String> labels(String directory) throws IOException {
    String model = folder.resolve(directory).toString();
    return json("classify", "--model", model, "x").get(0).at("scores").names();
  }

  @Test
  void namedLabelsStandForTheirValues() throws IOException {
    train("m", "--epochs", "200", "--labels", "bad one,good one");
    String model = folder.resolve("m").toString();
    assertThat(done("classify", "--model", model, "great").out()).startsWith("good one\t");
    assertThat(done("classify", "--model", model, "poor").out()).startsWith("bad one\t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A,B,C", "A,A", ""})
  void labelsThatDoNotFitAreRefused(String labels) {
    String line =
        fails(
            2,
            "train",
            "--recipe",
            "keras-attention",
            "--train",
            data.toString(),
            "--out",
            folder.resolve("m").toString(),
            "--labels",
            labels);
    assertThat(line).contains("label");
    assertThat(folder.resolve("m")).doesNotExist();
  }

  @Test
  void validationWithOtherLabelsIsRefused() throws IOException {
    Path heldOut = Files.writeString(folder.resolve("held-out.csv"), "great,1\nbad,2\n");
    String line =
        fails(
            2,
            "train",
            "--recipe",
            "keras-attention",
            "--train",
            data.toString(),
            "--validation",
            heldOut.toString(),
            "--out",
            folder.resolve("m").toString());
    assertThat(line).contains("example 2").contains("'2'");
  }

  @Test
  void numbersReachTheModel() throws IOException {
    train("m", "--max-tokens", "4", "--max-length", "3", "--epochs", "2", "--batch-size", "2");
    Json config = Json.parse(Files.readString(folder.resolve("m/config.json")));
    assertThat(config.at("model_type").string()).isEqualTo("attentive-keras");
    assertThat(config.at("attention").string()).isEqualTo("dot");
    assertThat(config.at("vocab_size").integer()).isEqualTo(4);
    assertThat(config.at("sequence_length").integer()).isEqualTo(3);
    assertThat(config.at("num_labels").integer()).isEqualTo(2);
    assertThat(lines(Files.readString(folder.resolve("m/vocabulary.txt"))))
        .hasSize(4)
        .startsWith("", "[UNK]");
    String model = folder.resolve("m").toString();
    assertThat(json("classify", "--model", model, "x").get(0).at("tokens").integer()).isEqualTo(3);
  }

  @Test
  void learningRateAndThreadsAreTaken() throws IOException {
    train("fast", "--epochs", "2", "--learning-rate", "0.5", "--threads", "1");
    train("slow", "--epochs", "2", "--threads", "1");
    assertThat(Json.parse(history("fast").get(1)).at("loss"))
        .isNotEqualTo(Json.parse(history("slow").get(1)).at("loss"));
  }

  @Test
  void progressIsALineNowAndThen() {
    CommandRun run = train("m", "--epochs", "100", "--validation", data.toString());
    assertThat(run.err().lines()).hasSize(10);
    assertThat(run.err())
        .startsWith("epoch 10/100  loss 0.")
        .contains("  validation loss ")
        .doesNotContain("\r");
  }

  @Test
  void everyRecipeHasItsDefaults() throws IOException {
    done(
        "train",
        "--recipe",
        "keras-pooling",
        "--train",
        data.toString(),
        "--out",
        folder.resolve("m").toString());
    assertThat(history("m")).hasSize(100);
    Json config = Json.parse(Files.readString(folder.resolve("m/config.json")));
    assertThat(config.at("attention").string()).isEqualTo("none");
    assertThat(config.at("vocab_size").integer()).isEqualTo(100);
    assertThat(config.at("embedding_dim").integer()).isEqualTo(16);
    assertThat(config.at("sequence_length").integer()).isEqualTo(5);
  }

  @Test
  void rateThatBlowsUpFailsInOneLine() {
    CommandRun run =
        CommandRun.of(
            "train",
            "--recipe",
            "keras-attention",
            "--train",
            data.toString(),
            "--out",
            folder.resolve("m").toString(),
            "--epochs",
            "20",
            "--learning-rate",
            "1e38");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().filter(line -> line.startsWith("attentive: ")))
        .singleElement()
        .asString()
        .contains("learning rate");
  }

  private CommandRun train(String recipe, String directory, List<String> more) {
    List<String> all = new ArrayList<>(List.of("train", "--recipe", recipe));
    all.addAll(List.of("--train", data.toString(), "--out", folder.resolve(directory).toString()));
    all.addAll(more);
    return done(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bigru-attention", "bert"})
  void modelsOfWordPiecesOpenAfterwards(String recipe) throws IOException {
    data = Files.writeString(folder.resolve("many.csv"), "great film,1\npoor film,0\n".repeat(6));
    CommandRun run = train(recipe, "m", List.of("--epochs", "1", "--max-tokens", "40"));
    assertThat(lines(run.out())).hasSize(1);
    Path model = folder.resolve("m");
    assertThat(model.resolve("checkpoint")).doesNotExist();
    assertThat(model).isDirectoryContaining("glob:**/tokenizer.json");
    Json result = json("explain", "--model", model.toString(), "a great film").get(0);
    assertThat(result.at("scores").names()).containsExactly("0", "1");
    // A second tokenizer is the first one's copy.
    CommandRun copied =
        train(
            recipe,
            "n",
            List.of("--epochs", "1", "--tokenizer", model.resolve("tokenizer.json").toString()));
    assertThat(copied.out()).isNotEmpty();
    assertThat(folder.resolve("n").resolve("tokenizer.json"))
        .hasSameBinaryContentAs(model.resolve("tokenizer.json"));
  }

  @Test
  void aCheckpointIsFineTunedAndItsFreshHeadIsSaidAloud() throws IOException {
    data = Files.writeString(folder.resolve("many.csv"), "great film,1\npoor film,0\n".repeat(6));
    train("bert", "first", List.of("--epochs", "1", "--max-tokens", "40"));
    String first = folder.resolve("first").toString();
    CommandRun same = train("bert", "same", List.of("--epochs", "1", "--from", first));
    assertThat(same.err()).doesNotContain("fresh head");
    CommandRun other =
        train("bert", "other", List.of("--epochs", "1", "--from", first, "--labels", "bad,good"));
    assertThat(other.err())
        .contains("fresh head for [bad, good] (classifier.weight, classifier.bias)");
  }

  @Test
  void aShareIsHeldOutAndTheCurveDrawn() throws IOException {
    data = Files.writeString(folder.resolve("many.csv"), "great,1\nbad,0\n".repeat(10));
    Path curve = folder.resolve("curve.svg");
    train("m", "--epochs", "2", "--validation-share", "0.2", "--curve", curve.toString());
    assertThat(Json.parse(history("m").get(0)).names()).contains("validationAccuracy");
    assertThat(curve).content().startsWith("<svg ").contains("accuracy");
  }

  @Test
  void examplesOfOtherLabelsAreRefusedOrLeftOut() throws IOException {
    Path heldOut = Files.writeString(folder.resolve("other.csv"), "great,1\nodd,7\nbad,0\n");
    String[] arguments = {
      "train",
      "--recipe",
      "keras-pooling",
      "--train",
      data.toString(),
      "--validation",
      heldOut.toString(),
      "--out",
      folder.resolve("m").toString(),
      "--epochs",
      "1"
    };
    assertThat(fails(2, arguments)).contains("example 2: expected a label of [0, 1], got '7'");
    List<String> skipping = new ArrayList<>(List.of(arguments));
    skipping.addAll(List.of("--bad-rows", "skip"));
    assertThat(done(skipping.toArray(String[]::new)).err())
        .contains("other.csv: left out 1 rows of other labels");
  }

  @Test
  void resumingWithoutACheckpointStarts() throws IOException {
    train("whole", "--epochs", "3");
    train("resumed", "--epochs", "3", "--resume");
    assertThat(folder.resolve("resumed").resolve("model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole").resolve("model.safetensors"));
  }
}
