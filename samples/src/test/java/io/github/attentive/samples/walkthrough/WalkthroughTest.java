package io.github.attentive.samples.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.samples.Figures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class WalkthroughTest {
  @TempDir private Path folder;

  private interface Program {
    void main(String[] arguments) throws IOException;
  }

  private static String printed(Program program, String... arguments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.main(arguments);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPairIsShownTokenByTokenAndHeadByHead() throws IOException {
    String model = SharedFixtures.path("hf/bert").toString();
    String text =
        printed(SentencePair::main, model, folder.toString(), "The cat sat.", "The dog did not.");
    assertThat(text.lines().filter(line -> line.contains("[SEP]"))).hasSize(2);
    assertThat(text.lines().filter(line -> line.matches(" +\\d+ +\\d+( +\\d\\.\\d{3}){4}")))
        .as("three layers of four heads")
        .hasSize(12);
    assertThat(folder.resolve("pair.json")).content().contains("\"attention\":{\"shape\":[3,4,");
    assertThat(folder.resolve("pair.svg")).content().contains("Layer 2, mean of 4 heads");
    assertThat(folder.resolve("heads.svg")).content().contains("Layer 0, heads");
    assertThat(folder.resolve("a-to-b.svg")).content().contains("A to B");
    assertThat(folder.resolve("neuron.svg"))
        .content()
        .contains("reproduces the engine&#39;s weights within");
  }

  @Test
  void anyMatrixIsDrawn() throws IOException {
    printed(AnyMatrix::main, folder.toString());
    Document svg = Figures.assertDrawable(Files.readString(folder.resolve("matrix.svg")));
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("Nobody", "Gästen", "Translation", "Sentence", "Attention Weight");
  }

  @Test
  void aGalleryHasEveryKindOfFigure() throws IOException {
    String model = SharedFixtures.path("hf/bert").toString();
    printed(Gallery::main, model, folder.toString(), "The acting was superb.");
    for (String kind :
        List.of(
            "probabilities",
            "highlight",
            "bars",
            "heatmap",
            "head",
            "model",
            "evolution",
            "comparison")) {
      Figures.assertDrawable(Files.readString(folder.resolve(kind + ".svg")));
    }
  }

  @Test
  void mistakesAreListedTheSurestFirst() throws IOException {
    Path data = folder.resolve("labelled.tsv");
    Files.writeString(
        data,
        "text\tlabel\nA joy.\tNegative\nA bore.\tNegative\nSo it goes.\tNegative\nFine.\tPositive\n");
    Path pictures = folder.resolve("pictures");
    String text =
        printed(
            WrongReasons::main,
            SharedFixtures.path("hf/bert").toString(),
            pictures.toString(),
            data.toString());
    assertThat(text).startsWith("2 of 4 wrong\n").contains("should be Positive: Fine. | looked at");
    assertThat(text.lines().skip(1).limit(2).map(line -> Double.valueOf(line.substring(0, 5))))
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(pictures.resolve("layer-02.svg")).exists();
    assertThat(pictures.resolve("layer-03.svg")).doesNotExist();
  }

  @Test
  void missingArgumentsAreNamed() {
    assertThatThrownBy(() -> SentencePair.main(new String[1])).hasMessageContaining("MODEL FOLDER");
    assertThatThrownBy(() -> WrongReasons.main(new String[0])).hasMessageContaining("MODEL FOLDER");
  }

  private interface Command {
    int run(String[] arguments, PrintStream print);
  }

  private String done(Command command, String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(command.run(arguments, new PrintStream(bytes, true, StandardCharsets.UTF_8)))
        .isZero();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRecurrentClassifierSaysHowSureItIsAndDrawsItsRow() {
    String text =
        done(
            RecurrentReviews::run,
            "--out",
            folder.toString(),
            "--epochs",
            "1",
            "The plot was thin.",
            "A joy.");
    assertThat(text).containsPattern("held out 128: accuracy 0\\.\\d{3}");
    assertThat(
            text.lines()
                .filter(line -> line.matches("prediction: (negative|positive) .*0\\.\\d{3}")))
        .hasSize(2);
    assertThat(folder.resolve("attention-2.svg")).content().contains("confidence").contains("joy");
    assertThat(folder.resolve("learning-curve.svg")).exists();
    assertThat(folder.resolve("confusion.svg")).exists();
  }

  @Test
  void aFineTunedEncoderShowsItsLayersAndDoubtfulReasons() {
    String text =
        done(
            FineTunedReviews::run,
            "--out",
            folder.toString(),
            "--epochs",
            "2",
            "--from",
            SharedFixtures.path("hf/bert").toString(),
            "The plot was thin.");
    assertThat(text).contains("fresh head for [negative, neutral, positive]");
    assertThat(text.lines().filter(line -> line.startsWith("layer "))).hasSize(3);
    assertThat(text).containsPattern("of 192 wrong").containsPattern("right ones for a doubtful");
  }

  @Test
  void trustCardsTellMethodsFromControls() throws IOException {
    Path data = folder.resolve("labelled.tsv");
    StringBuilder lines = new StringBuilder("text\tlabel\n");
    for (String subject : List.of("acting", "plot", "music", "ending", "story")) {
      lines.append("The %s was superb, and I loved it.\tPositive\n".formatted(subject));
      lines.append("I found the %s slow, flat and boring.\tNegative\n".formatted(subject));
    }
    Files.writeString(data, lines);
    String text =
        done(
            TrustedExplanations::run,
            "--model",
            SharedFixtures.path("hf/bert").toString(),
            "--data",
            data.toString(),
            "--held-out",
            data.toString(),
            "--texts",
            "4",
            "--out",
            folder.toString());
    List<String> table = text.lines().dropWhile(line -> !line.startsWith("method")).toList();
    assertThat(table).hasSize(12);
    assertThat(table.subList(1, 11))
        .as("a name, four means and the shares of four verdicts")
        .allMatch(line -> line.matches("[a-z-]+(, shuffled)?( +-?\\d+\\.\\d+){8}"));
    assertThat(percentile(table, "occlusion ")).isGreaterThan(percentile(table, "random "));
    for (String figure : List.of("comprehensiveness", "random-percentile")) {
      Figures.assertDrawable(Files.readString(folder.resolve(figure + ".svg")));
    }
  }

  private static double percentile(List<String> table, String method) {
    String row = table.stream().filter(line -> line.startsWith(method)).findFirst().orElseThrow();
    return Double.parseDouble(row.split(" +")[4]);
  }
}
