package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import io.github.attentive.Removal;
import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ErasureModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.TokenSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts with tokens left out, by every kind of model on the engine of the class path: what is
 * deleted is as if it had never been written; what nothing is taken from stays as it is; within
 * 1e-5.
 */
public abstract class ErasureContract {
  private static final Offset<Float> CLOSE = within(1e-5f);
  private static final TextInput TEXT = TextInput.of("the movie was not good");
  private static final TextInput SHORTER = TextInput.of("the movie was good");

  @TempDir Path folder;

  static List<String> models() {
    return EngineModels.names();
  }

  /** Which positions of a text stay if those of some words go. */
  private static boolean[] without(List<TokenSpan> positions, String... words) {
    boolean[] kept = new boolean[positions.size()];
    for (int i = 0; i < kept.length; i++) {
      TokenSpan token = positions.get(i);
      kept[i] =
          token.special()
              || !Arrays.asList(words).contains(TEXT.text().substring(token.start(), token.end()));
    }
    return kept;
  }

  private static boolean[] all(int length, boolean stay) {
    boolean[] kept = new boolean[length];
    Arrays.fill(kept, stay);
    return kept;
  }

  private static void assertSame(ModelOutput actual, ModelOutput expected) {
    assertThat(actual.logits()).containsExactly(expected.logits(), CLOSE);
    assertThat(actual.scores()).containsExactly(expected.scores(), CLOSE);
    assertThat(actual.attention()).isEmpty();
  }

  private static List<Long> ids(ModelOutput output) {
    return output.positions().stream().map(TokenSpan::id).toList();
  }

  private static ModelOutput run(EngineModel model, TextInput text) {
    return model.run(List.of(text), Detail.SCORES).get(0);
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatIsDeletedIsAsIfItHadNeverBeenWritten(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    ErasureModel erasure = model.erasure().orElseThrow();
    ModelOutput whole = run(model, TEXT);
    ModelOutput shorter = run(model, SHORTER);
    ModelOutput empty = run(model, TextInput.of(""));
    List<boolean[]> versions = new ArrayList<>();
    versions.add(all(whole.positions().size(), true));
    versions.add(withoutNot(whole.positions()));
    versions.add(all(whole.positions().size(), false));
    versions.add(versions.get(1));
    List<ModelOutput> outputs = erasure.run(TEXT, versions, Removal.DELETE);
    assertThat(outputs).hasSize(4);
    assertThat(outputs.get(0).positions()).isEqualTo(whole.positions());
    assertSame(outputs.get(0), whole);
    assertThat(ids(outputs.get(1))).isEqualTo(ids(shorter));
    assertSame(outputs.get(1), shorter);
    assertThat(ids(outputs.get(2))).isEqualTo(ids(empty));
    assertSame(outputs.get(2), empty);
    assertSame(outputs.get(3), shorter);
  }

  /** By places in the text: a vocabulary may not know the word, or cut it into pieces. */
  private static boolean[] withoutNot(List<TokenSpan> positions) {
    int from = TEXT.text().indexOf("not");
    boolean[] kept = new boolean[positions.size()];
    for (int i = 0; i < kept.length; i++) {
      TokenSpan token = positions.get(i);
      kept[i] = token.special() || token.end() <= from || token.start() >= from + "not".length();
    }
    return kept;
  }

  @ParameterizedTest
  @MethodSource("models")
  void paddingInPlaceOfTokensKeepsTheOthersWhereTheyAre(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    ErasureModel erasure = model.erasure().orElseThrow();
    ModelOutput whole = run(model, TEXT);
    List<boolean[]> versions =
        List.of(all(whole.positions().size(), true), withoutNot(whole.positions()));
    List<ModelOutput> outputs = erasure.run(TEXT, versions, Removal.PAD);
    assertSame(outputs.get(0), whole);
    assertThat(outputs.get(1).positions()).hasSameSizeAs(whole.positions());
    assertThat(outputs.get(1).logits()).isNotEqualTo(whole.logits());
    for (int i = 0; i < whole.positions().size(); i++) {
      TokenSpan token = outputs.get(1).positions().get(i);
      TokenSpan before = whole.positions().get(i);
      if (versions.get(1)[i]) {
        assertThat(token).isEqualTo(before);
      } else {
        assertThat(token.text()).isEqualTo("[PAD]");
        assertThat(token.start()).isEqualTo(before.start());
        assertThat(token.word()).isEqualTo(before.word());
      }
    }
    for (ModelOutput output :
        erasure.run(TEXT, List.of(all(versions.get(0).length, false)), Removal.PAD)) {
      assertThat(output.scores()).doesNotContain(Float.NaN);
    }
  }

  /** At the end of a text, padding is nothing to a model that masks it. */
  @ParameterizedTest
  @MethodSource("models")
  void paddingAtTheEndIsNothingWhereItIsMasked(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    List<TokenSpan> positions = run(model, TEXT).positions();
    TokenSpan last = positions.get(positions.size() - 1);
    if (!name.startsWith("keras/v_") || !name.contains("mask")) {
      return;
    }
    assertThat(last.special()).isFalse();
    boolean[] kept = without(positions, "good");
    ErasureModel erasure = model.erasure().orElseThrow();
    ModelOutput padded = erasure.run(TEXT, List.of(kept), Removal.PAD).get(0);
    assertSame(padded, run(model, TextInput.of("the movie was not")));
  }

  @ParameterizedTest
  @MethodSource("models")
  void theMaskTokenStandsInPlaceWhereThereIsOne(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    ErasureModel erasure = model.erasure().orElseThrow();
    ModelOutput whole = run(model, TEXT);
    List<boolean[]> versions = List.of(withoutNot(whole.positions()));
    if (!name.startsWith("hf/")) {
      assertThatThrownBy(() -> erasure.run(TEXT, versions, Removal.MASK))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "removal 'mask': expected a model with a mask token, got one whose tokenizer has"
                  + " none; choose another");
      return;
    }
    ModelOutput masked = erasure.run(TEXT, versions, Removal.MASK).get(0);
    assertThat(masked.positions()).hasSameSizeAs(whole.positions());
    List<String> texts = masked.positions().stream().map(TokenSpan::text).toList();
    assertThat(texts).containsAnyOf("[MASK]", "<mask>");
    assertThat(masked.logits()).isNotEqualTo(whole.logits());
  }

  @Test
  void pairsKeepTheirTypes() throws IOException {
    for (String family : List.of("bert", "roberta", "deberta-v3", "albert")) {
      try (EngineModel model = EngineModels.open(EngineModels.path("hf/" + family, folder))) {
        TextInput pair = TextInput.of("the movie was not good", "it was boring");
        ModelOutput whole = run(model, pair);
        ModelOutput shorter = run(model, TextInput.of("the movie was good", "it was boring"));
        boolean[] kept = withoutNot(whole.positions());
        for (int i = 0; i < kept.length; i++) {
          kept[i] |= whole.positions().get(i).segment() == 1;
        }
        ModelOutput left =
            model.erasure().orElseThrow().run(pair, List.of(kept), Removal.DELETE).get(0);
        assertThat(left.positions()).hasSameSizeAs(shorter.positions());
        assertThat(ids(left)).isEqualTo(ids(shorter));
        assertSame(left, shorter);
      }
    }
  }

  @Test
  void anotherNumberOfPositionsIsRefused() throws IOException {
    try (EngineModel model = EngineModels.open(EngineModels.path("hf/bert", folder))) {
      ErasureModel erasure = model.erasure().orElseThrow();
      assertThatThrownBy(() -> erasure.run(TEXT, List.of(new boolean[2]), Removal.DELETE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("tokens that stay: expected one entry for each of ")
          .hasMessageEndingWith(" positions of the text, got 2");
      assertThat(erasure.run(TEXT, List.of(), Removal.DELETE)).isEmpty();
    }
  }
}
