package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classifier;
import io.github.attentive.Explanation;
import io.github.attentive.Finding;
import io.github.attentive.LoadOptions;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.EngineModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;

/** Models that take texts and cut them themselves. */
class ForeignTextModelTest {
  @TempDir Path folder;

  @BeforeEach
  void copy() throws IOException {
    Path source = SharedFixtures.path("keras/b_100/saved_model_string");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(file));
      }
    }
  }

  private void change(String operation, Consumer<NodeDef.Builder> change) throws IOException {
    Path file = folder.resolve(SavedModelFile.NAME);
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    boolean changed = false;
    for (FunctionDef.Builder function :
        model
            .getMetaGraphsBuilder(0)
            .getGraphDefBuilder()
            .getLibraryBuilder()
            .getFunctionBuilderList()) {
      for (NodeDef.Builder node : function.getNodeDefBuilderList()) {
        if (node.getOp().equals(operation)) {
          change.accept(node);
          changed = true;
        }
      }
    }
    assertThat(changed).isTrue();
    Files.write(file, model.build().toByteArray());
  }

  private List<Finding> findings() {
    try (EngineModel opened = ForeignSavedModel.open(folder, ForeignProgram.TRUST, "tensorflow")) {
      return opened.examine();
    }
  }

  private Explanation explained(String text) {
    try (AttentionExplainer explainer = AttentionExplainer.load(folder, ForeignProgram.TRUST)) {
      return explainer.explain(text);
    }
  }

  private static List<String> tokens(Explanation explanation) {
    return explanation.positions().stream().map(Token::text).toList();
  }

  @Test
  void theVocabularyIsFoundInTheModel() {
    assertThat(findings()).allMatch(finding -> finding.severity() == Finding.Severity.OK);
    assertThat(findings())
        .extracting(Finding::text)
        .anyMatch(text -> text.contains("its vocabulary of 100 words was found"));
    assertThat(tokens(explained("The MOVIE, was")))
        .containsExactly("the", "movie", "was", "[PAD]", "[PAD]");
  }

  @Test
  void aLoneSurrogateIsAWordLikeOthers() {
    assertThat(tokens(explained("the \uD83D movie")))
        .containsExactly("the", "[UNK]", "movie", "[PAD]", "[PAD]");
    assertThat(explained("the \uD83D movie").attention())
        .isEqualTo(explained("the zzyzx movie").attention());
  }

  @Test
  void whatIsBeyondTheCallersLimitDoesNotReachTheModel() {
    LoadOptions two = LoadOptions.builder().trustForeignGraph(true).maxLength(2).build();
    try (AttentionExplainer explainer = AttentionExplainer.load(folder, two)) {
      Explanation cut = explainer.explain("the movie was boring");
      assertThat(cut.classification().truncated()).isTrue();
      assertThat(tokens(cut)).containsExactly("the", "movie", "[PAD]", "[PAD]", "[PAD]");
      assertThat(cut.attention()).isEqualTo(explained("the movie").attention());
    }
  }

  @Test
  void anotherWayOfCuttingIsNotTakenForKerass() throws IOException {
    change(
        "StaticRegexReplace",
        node ->
            node.putAttr(
                "pattern",
                AttrValue.newBuilder().setS(ByteString.copyFromUtf8("[aeiou]")).build()));
    assertThat(findings())
        .filteredOn(finding -> finding.severity() == Finding.Severity.WARNING)
        .extracting(Finding::text)
        .singleElement()
        .asString()
        .contains("its vocabulary is not known", "put vocabulary.txt beside it");
    Explanation explanation = explained("The movie, was");
    assertThat(tokens(explanation)).containsExactly("The", "movie,", "was", "[PAD]", "[PAD]");
    assertThat(explanation.positions()).extracting(Token::id).containsExactly(1L, 1L, 1L, 0L, 0L);

    Files.writeString(folder.resolve("vocabulary.txt"), "\n[UNK]\nmovie\n");
    assertThat(tokens(explained("The movie, was")))
        .containsExactly("[UNK]", "movie", "[UNK]", "[PAD]", "[PAD]");
  }

  /** The operations are Keras's, but words end elsewhere than at white space. */
  @Test
  void whatWasReadIsComparedWithWhatTheModelDoes() throws IOException {
    change(
        "Const",
        node -> {
          TensorProto value = node.getAttrOrThrow("value").getTensor();
          if (value.getDtype() == DataType.DT_STRING && node.getName().contains("StringSplit")) {
            node.putAttr(
                "value",
                AttrValue.newBuilder()
                    .setTensor(
                        value.toBuilder()
                            .clearStringVal()
                            .addStringVal(ByteString.copyFromUtf8("o")))
                    .build());
          }
        });
    assertThat(findings())
        .filteredOn(finding -> finding.severity() == Finding.Severity.WARNING)
        .hasSize(1);
  }

  @Test
  void whatIsNotSplitEverywhereIsNotKerass() throws IOException {
    change(
        "StringSplitV2", node -> node.putAttr("maxsplit", AttrValue.newBuilder().setI(1).build()));
    assertThat(findings())
        .filteredOn(finding -> finding.severity() == Finding.Severity.WARNING)
        .hasSize(1);
  }

  @Test
  void unicodeLowerCaseIsNotKerass() throws IOException {
    change(
        "StringLower",
        node ->
            node.putAttr(
                "encoding", AttrValue.newBuilder().setS(ByteString.copyFromUtf8("utf-8")).build()));
    assertThat(findings())
        .filteredOn(finding -> finding.severity() == Finding.Severity.WARNING)
        .hasSize(1);
  }

  @Test
  void aModelOfTextsTakesNoPair() {
    try (Classifier classifier = Classifier.load(folder, ForeignProgram.TRUST)) {
      assertThatThrownBy(() -> classifier.classify(TextInput.of("one", "two")))
          .hasMessageContaining("expected no pair");
    }
  }
}
